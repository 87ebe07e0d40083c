#include "app/control/client.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <chrono>

#include "app/control/socket.h"

namespace app::control {
namespace {

constexpr std::chrono::milliseconds kSendPatience{10'000};

// SIGINT and SIGTERM as a descriptor to wait on, for as long as this lives.
class Interrupts {
 public:
  Interrupts() {
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &wanted, &before_);
    arrived_ = Descriptor(::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK));
  }
  ~Interrupts() {
    taken();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  int descriptor() const { return arrived_.get(); }
  bool taken() const {
    signalfd_siginfo info{};
    return ::read(arrived_.get(), &info, sizeof info) == sizeof info;
  }

 private:
  sigset_t before_{};
  Descriptor arrived_;
};

}  // namespace

std::optional<Answer> ask(const std::string& path, const Request& request, Sink& sink) {
  const auto socket = connect_to(path);
  if (!socket) return std::nullopt;
  const Interrupts interrupts;
  // A daemon that refuses at once has answered already, so a failed write is no verdict.
  write_all(*socket, to_line(request), kSendPatience);
  LineReader reader(*socket, kFrameBytesMax);
  std::string line;
  while (true) {
    const auto read = reader.next(line, std::nullopt, interrupts.descriptor());
    if (read == Read::failed && interrupts.taken()) return Answer{End::interrupted, 0};
    if (read == Read::too_long) return Answer{End::unreadable, 0};
    if (read != Read::line) return Answer{End::lost, 0};
    const auto frame = parse_frame(line);
    if (!frame) return Answer{End::unreadable, 0};
    if (const auto* out = std::get_if<Out>(&frame.value())) sink.out(out->text);
    if (const auto* err = std::get_if<Err>(&frame.value())) sink.err(err->text);
    if (const auto* exit = std::get_if<Exit>(&frame.value())) {
      return Answer{End::finished, exit->code};
    }
  }
}

}  // namespace app::control
