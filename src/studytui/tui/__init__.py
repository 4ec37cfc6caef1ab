"""The terminal screens. The only importer of Textual."""
