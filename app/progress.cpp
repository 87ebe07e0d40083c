#include "app/progress.h"

namespace app {
namespace {

// At most that many characters; UTF-8 stays whole.
std::string shortened(const std::string& text, std::size_t characters_max) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
    if (starts && ++characters > characters_max) return text.substr(0, at);
  }
  return text;
}

}  // namespace

Progress::Progress(Output& out, const base::Clock& clock)
    : out_(out), clock_(clock), written_at_(clock.now()) {
  // A terminal shows the first word at once.
  if (out.terminal() == Terminal::yes) written_at_ -= kProgressTerminalEvery;
}

Progress::~Progress() {
  if (out_.terminal() == Terminal::yes) out_.transient("");
}

void Progress::show(const std::string& vi, const std::string& en) {
  const std::lock_guard lock(mutex_);
  vi_ = vi;
  en_ = en;
  write_if_due();
}

void Progress::tick() {
  const std::lock_guard lock(mutex_);
  write_if_due();
}

void Progress::write_if_due() {
  if (vi_.empty()) return;
  const auto now = clock_.now();
  const bool terminal = out_.terminal() == Terminal::yes;
  if (now - written_at_ < (terminal ? kProgressTerminalEvery : kProgressLineEvery)) return;
  if (terminal) {
    const auto text = "  " + shortened(out_.pick(vi_, en_), kProgressColumnsMax - 2);
    if (text == written_) return;
    out_.transient(text);
    written_ = text;
  } else {
    out_.say("  " + vi_, "  " + en_);
  }
  written_at_ = now;
}

}  // namespace app
