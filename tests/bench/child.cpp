#include "tests/bench/child.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

constexpr int kFailed = 1;
constexpr std::size_t kBlockBytes = 4096;
constexpr int kDoubleDigits = 17;

void write_all(int descriptor, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const auto wrote = ::write(descriptor, text.data() + done, text.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return;
    done += static_cast<std::size_t>(wrote);
  }
}

std::string read_all(int descriptor) {
  std::string out;
  std::array<char, kBlockBytes> block{};
  for (;;) {
    const auto got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return out;
    out.append(block.data(), static_cast<std::size_t>(got));
  }
}

[[noreturn]] void be_child(int pipe_end, const std::function<std::string()>& work) {
  int code = 0;
  std::string text;
  try {
    text = work();
  } catch (const std::exception& problem) {
    text = problem.what();
    code = kFailed;
  }
  write_all(pipe_end, text);
  std::fflush(nullptr);
  ::_exit(code);
}

}  // namespace

ChildResult in_child(const std::string& what, const std::function<std::string()>& work) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe for " + what);
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot fork for " + what);
  if (child == 0) {
    ::close(ends[0]);
    be_child(ends[1], work);
  }
  ::close(ends[1]);
  ChildResult out;
  out.text = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  rusage usage{};
  while (::wait4(child, &status, 0, &usage) < 0 && errno == EINTR) continue;
  out.peak_kib = usage.ru_maxrss;
  if (WIFSIGNALED(status)) {
    throw std::runtime_error(what + " died of signal " + std::to_string(WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) != 0) throw std::runtime_error(what + ": " + out.text);
  return out;
}

std::string to_text(const Reading& reading) {
  std::ostringstream out;
  out << std::setprecision(kDoubleDigits) << reading.items << ' ' << reading.seconds;
  for (const auto& [name, value] : reading.notes) out << ' ' << name << ' ' << value;
  return out.str();
}

Reading reading_from(const std::string& text) {
  std::istringstream in(text);
  Reading out;
  if (!(in >> out.items >> out.seconds)) throw std::runtime_error("a run told nothing");
  std::string name;
  double value = 0;
  while (in >> name >> value) out.notes[name] = value;
  return out;
}

}  // namespace bench
