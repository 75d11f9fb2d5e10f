"""Pages: records, facts and measures as a site that works from a folder and loads nothing from elsewhere."""
