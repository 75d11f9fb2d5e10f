"""Records from other systems: one module a source. Modules whose name begins with _ are shared by them."""
