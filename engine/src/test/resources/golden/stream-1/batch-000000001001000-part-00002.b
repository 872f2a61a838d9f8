1 before 0
