8 before 14
