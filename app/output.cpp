#include "app/output.h"

#include <algorithm>
#include <iostream>

#include "base/text.h"

namespace app {

void Output::say(const std::string& vi, const std::string& en) {
  const std::lock_guard lock(mutex_);
  std::cerr << pick(vi, en) << "\n";
}

void Output::problem(const std::string& vi, const std::string& en) {
  const std::lock_guard lock(mutex_);
  std::cerr << pick("lỗi: " + vi, "error: " + en) << "\n";
}

void Output::table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], base::code_points(row[i]));
    }
  }
  const std::lock_guard lock(mutex_);
  for (const auto& row : rows) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      if (i + 1 < row.size()) text.append(widths[i] - base::code_points(row[i]) + 2, ' ');
    }
    std::cout << text << "\n";
  }
}

void Output::line(const std::string& text) {
  const std::lock_guard lock(mutex_);
  std::cout << text << "\n";
}

void Output::document(const std::string& json_text) {
  const std::lock_guard lock(mutex_);
  std::cout << json_text << "\n";
}

}  // namespace app
