"""A sitting of questions: what is asked, what came of it, quizzes that are broken off and gone on with."""
