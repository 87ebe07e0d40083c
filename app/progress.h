#pragma once
// How far a long command is: one line that is written over on a terminal, a line every 10 s
// otherwise. Always stderr, so --json is no reason to be silent.
//
//   Progress progress(in.out, clock);
//   progress.show("12.000 dòng", "12,000 rows");   // as often as you like
//   progress.tick();                               // while nothing is new: the 10 s line again
//
// Its end takes the line away. Threads: safe.
#include <mutex>
#include <string>

#include "app/output.h"
#include "base/clock.h"

namespace app {

inline constexpr base::Millis kProgressTerminalEvery{100};
inline constexpr base::Millis kProgressLineEvery{10'000};
inline constexpr std::size_t kProgressColumnsMax = 78;  // longer lines would wrap and stay

class Progress {
 public:
  Progress(Output& out, const base::Clock& clock);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const std::string& vi, const std::string& en);
  void tick();

 private:
  void write_if_due();

  Output& out_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::string vi_;
  std::string en_;
  std::string written_;
  base::Instant written_at_;
};

}  // namespace app
