package dev.rollcall.wrong;

record HelpersOfHerself(String implicit) {}
