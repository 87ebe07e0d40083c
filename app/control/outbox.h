#pragma once
// The frames of one command on their way to the client: the command's threads put them in, the
// connection's thread takes them out. Full (`bytes_max`): the writer waits for room. Closed (the
// client is gone): what comes is dropped and the command goes on.
// Threads: out, err, finish from any; take from one.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>

#include "app/control/frame.h"
#include "app/sink.h"

namespace app::control {

class Outbox final : public Sink {
 public:
  explicit Outbox(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  void out(std::string_view text) override;
  void err(std::string_view text) override;
  bool listening() const override;

  void finish(int exit_code);  // the last frame
  void close();                // nobody reads any more
  // Moves what waits into `bytes`, after at most `patience`. False: all has been taken.
  bool take(std::string& bytes, std::chrono::milliseconds patience);

 private:
  void push(const Frame& frame);

  const std::size_t bytes_max_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  bool finished_ = false;
  bool closed_ = false;
};

}  // namespace app::control
