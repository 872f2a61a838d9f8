10 before 18
