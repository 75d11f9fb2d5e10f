"""`python -m servicebook`."""

from servicebook.cli import main

if __name__ == "__main__":
    main()
