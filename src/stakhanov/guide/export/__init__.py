"""A class for other programs: Anki, Moodle, GIFT, JSON, and paper with its key."""
