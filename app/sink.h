#pragma once
// Where a command's words go: this process's stdout and stderr, or, for a command that the daemon
// runs for somebody else, frames on a socket. Texts arrive whole, newline included.
// Threads: an implementation must take calls from several at once. Nothing here throws.
#include <string_view>

namespace app {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void out(std::string_view text) = 0;
  virtual void err(std::string_view text) = 0;
  // False once nobody reads any more: waiting only to report something may end.
  virtual bool listening() const = 0;
};

// std::cout and std::cerr of this process.
Sink& standard_sink();

}  // namespace app
