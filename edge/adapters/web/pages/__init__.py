"""One file per page: what it shows and the forms it takes. The words are in edge/wording/."""
