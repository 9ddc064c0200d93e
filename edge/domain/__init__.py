"""What the words mean: pure values, no I/O, no clock, no logging. See GLOSSARY.md."""
