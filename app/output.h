#pragma once
// What a command says. Data goes to stdout, as aligned text or (--json) as one JSON document;
// messages, progress and errors go to stderr. Vietnamese by default, English with --lang en.
// Threads: say and progress may be called from workers.
#include <mutex>
#include <string>
#include <vector>

namespace app {

enum class Lang { vi, en };

class Output {
 public:
  Output(Lang lang, bool json) : lang_(lang), json_(json) {}

  bool json() const { return json_; }
  Lang lang() const { return lang_; }
  // The text in the language of this run.
  const std::string& pick(const std::string& vi, const std::string& en) const {
    return lang_ == Lang::vi ? vi : en;
  }

  void say(const std::string& vi, const std::string& en);      // stderr
  void problem(const std::string& vi, const std::string& en);  // stderr, "lỗi:" / "error:"
  // A table on stdout; column widths in code points. The first row is the heading.
  void table(const std::vector<std::vector<std::string>>& rows);
  void line(const std::string& text);           // stdout
  void document(const std::string& json_text);  // stdout

 private:
  const Lang lang_;
  const bool json_;
  std::mutex mutex_;
};

}  // namespace app
