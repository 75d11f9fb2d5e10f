"""What git says of a record. Git is a witness, not a notary: its dates are the claims of whoever committed."""
