#pragma once
// What the program's exit code says.

namespace app {

enum Exit : int {
  exit_ok = 0,
  exit_failed = 1,
  exit_usage = 2,
  exit_partly = 3,
  exit_sign_in = 4,
  exit_locked = 5,  // or a conflict
  exit_unreachable = 6,
  exit_differences = 10,  // diff --exit-code
  exit_interrupted = 130,
};

}  // namespace app
