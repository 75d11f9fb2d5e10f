"""What writes records for people: drafts, events, layout, other ids, and the files of a new book."""
