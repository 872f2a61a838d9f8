2 before 0
