// Times in a film: as they are read, and how near is near enough.

const INSIDE_SECONDS = 0.001; // at the very start of a line Chromium still shows the one before
const EARLY_SECONDS = 0.05; // what begins so soon counts as begun

// Whether what starts at one time of the film has begun at another.
const hasBegun = (start, time) => start <= time + EARLY_SECONDS;

// 78 s as 1:18, an hour more as 1:01:18.
function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
