"""What a learner does with a guide: remember, answer, practise, plan; it knows nothing of screens."""
