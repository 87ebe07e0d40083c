#pragma once
// What a command says. Data goes to stdout, as aligned text or (--json) as one JSON document;
// messages, progress and errors go to stderr. Vietnamese by default, English with --lang en.
// Where stdout and stderr are is the sink's business (app/sink.h).
//
// A transient line is for terminals: it stands on the last line until something else is said.
// Threads: say, problem and transient may be called from workers.
#include <mutex>
#include <string>
#include <vector>

#include "app/sink.h"

namespace app {

enum class Lang { vi, en };
enum class Terminal { no, yes };  // is stderr one that can go back to the start of a line

class Output {
 public:
  Output(Lang lang, bool json, Sink& sink = standard_sink(), Terminal terminal = Terminal::no)
      : lang_(lang), json_(json), sink_(sink), terminal_(terminal) {}

  bool json() const { return json_; }
  Lang lang() const { return lang_; }
  Terminal terminal() const { return terminal_; }
  bool listening() const { return sink_.listening(); }
  // The text in the language of this run.
  const std::string& pick(const std::string& vi, const std::string& en) const {
    return lang_ == Lang::vi ? vi : en;
  }

  void say(const std::string& vi, const std::string& en);      // stderr
  void problem(const std::string& vi, const std::string& en);  // stderr, "lỗi:" / "error:"
  void transient(const std::string& text);                     // stderr; empty takes it away
  // A table on stdout; column widths in code points. The first row is the heading.
  void table(const std::vector<std::vector<std::string>>& rows);
  void line(const std::string& text);           // stdout
  void document(const std::string& json_text);  // stdout

 private:
  void to_stderr(const std::string& text);
  void to_stdout(const std::string& text);
  void take_transient_away();

  const Lang lang_;
  const bool json_;
  Sink& sink_;
  const Terminal terminal_;
  std::mutex mutex_;
  bool transient_shown_ = false;
};

}  // namespace app
