#include "app/control/outbox.h"

#include <utility>

namespace app::control {

void Outbox::out(std::string_view text) {
  for (const auto piece : pieces(text)) push(Out{std::string(piece)});
}

void Outbox::err(std::string_view text) {
  for (const auto piece : pieces(text)) push(Err{std::string(piece)});
}

bool Outbox::listening() const {
  const std::lock_guard lock(mutex_);
  return !closed_;
}

void Outbox::finish(int exit_code) {
  push(Exit{exit_code});
  const std::lock_guard lock(mutex_);
  finished_ = true;
  changed_.notify_all();
}

void Outbox::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  waiting_.clear();
  changed_.notify_all();
}

bool Outbox::take(std::string& bytes, std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return finished_ || closed_ || !waiting_.empty(); });
  bytes = std::exchange(waiting_, {});
  changed_.notify_all();
  return !bytes.empty() || !(finished_ || closed_);
}

void Outbox::push(const Frame& frame) {
  const auto line = to_line(frame);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] {
    return closed_ || waiting_.empty() || waiting_.size() + line.size() <= bytes_max_;
  });
  if (closed_) return;
  waiting_ += line;
  changed_.notify_all();
}

}  // namespace app::control
