/** Loaded before the program: its clock jumps back and forth by a day with every reading, as bad clocks may at any time. */
const DAY = 86_400_000;
const now = Date.now.bind(Date);
let readings = 0;
Date.now = () => now() + (readings++ % 2 === 0 ? DAY : -DAY);
