"""quizapp: flashcards and timed quizzes in the terminal."""

__version__ = "0.1.0"
