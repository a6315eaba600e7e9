"""The Stegvis engine: process definitions in, tasks and history out. Knows no HTTP and no web page."""
