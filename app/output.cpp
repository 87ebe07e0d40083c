#include "app/output.h"

#include <algorithm>
#include <iostream>

#include "base/text.h"

namespace app {
namespace {

constexpr const char* kLineStart = "\r\x1b[K";  // back, and clear to the end

class StandardSink final : public Sink {
 public:
  void out(std::string_view text) override { std::cout << text; }
  void err(std::string_view text) override { std::cerr << text; }
  bool listening() const override { return true; }
};

}  // namespace

Sink& standard_sink() {
  static StandardSink sink;
  return sink;
}

void Output::say(const std::string& vi, const std::string& en) {
  to_stderr(pick(vi, en) + "\n");
}

void Output::problem(const std::string& vi, const std::string& en) {
  to_stderr(pick("lỗi: " + vi, "error: " + en) + "\n");
}

void Output::transient(const std::string& text) {
  const std::lock_guard lock(mutex_);
  if (text.empty()) {
    take_transient_away();
    return;
  }
  sink_.err(kLineStart + text);
  transient_shown_ = true;
}

void Output::table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], base::code_points(row[i]));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      if (i + 1 < row.size()) text.append(widths[i] - base::code_points(row[i]) + 2, ' ');
    }
    text += "\n";
  }
  to_stdout(text);
}

void Output::line(const std::string& text) {
  to_stdout(text + "\n");
}

void Output::document(const std::string& json_text) {
  to_stdout(json_text + "\n");
}

void Output::to_stderr(const std::string& text) {
  const std::lock_guard lock(mutex_);
  take_transient_away();
  sink_.err(text);
}

void Output::to_stdout(const std::string& text) {
  const std::lock_guard lock(mutex_);
  take_transient_away();
  sink_.out(text);
}

void Output::take_transient_away() {
  if (!transient_shown_) return;
  sink_.err(kLineStart);
  transient_shown_ = false;
}

}  // namespace app
