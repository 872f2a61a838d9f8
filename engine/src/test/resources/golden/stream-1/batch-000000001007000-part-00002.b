7 before 12
