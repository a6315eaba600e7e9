"""Stegvis over HTTP. Translates requests to the engine and its answers back; decides nothing itself."""
