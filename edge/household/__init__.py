"""What people do in their home: see, allow, withdraw, react, pause, correct, forget, export.

Each act is a function of the `Home`; the page, the command line and the appliances call the same.
"""
