#include "app/control/socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace app::control {
namespace {

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr time_t kConnectPatienceS = 5;
constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

std::runtime_error failure(const std::string& what, const std::string& path) {
  return std::runtime_error("cannot " + what + " the socket " + path + ": " +
                            std::generic_category().message(errno));
}

std::optional<sockaddr_un> address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return std::nullopt;
  std::memcpy(address.sun_path, path.data(), path.size());
  return address;
}

const sockaddr* plain(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

bool is_socket(const std::string& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode);
}

int milliseconds_until(std::optional<std::chrono::steady_clock::time_point> deadline) {
  if (!deadline) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(*deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1'000'000));
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor listen_at(const std::string& path, int waiting_max) {
  const auto address = address_of(path);
  if (!address) {
    throw std::runtime_error("the path of the socket is too long (" + std::to_string(path.size()) +
                             " bytes, at most " +
                             std::to_string(sizeof(sockaddr_un::sun_path) - 1) + "): " + path +
                             "; give the database a shorter path");
  }
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // The file gets the mode of the socket; a umask would hold for every thread of the process.
  if (!socket || ::fchmod(socket.get(), kOwnerOnly) != 0) throw failure("make", path);
  if (is_socket(path)) ::unlink(path.c_str());
  if (::bind(socket.get(), plain(*address), sizeof *address) != 0) throw failure("bind", path);
  if (::listen(socket.get(), waiting_max) != 0) throw failure("listen on", path);
  return socket;
}

std::optional<Descriptor> connect_to(const std::string& path) {
  const auto address = address_of(path);
  if (!address) return std::nullopt;
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) return std::nullopt;
  // Of a Unix socket this bounds connect too: a daemon that hangs accepts nobody.
  const timeval patience{kConnectPatienceS, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(socket.get(), plain(*address), sizeof *address) != 0) {
    return std::nullopt;
  }
  return socket;
}

bool peer_allowed(uid_t peer, uid_t own) {
  constexpr uid_t kRoot = 0;
  return peer == own || peer == kRoot;
}

std::optional<uid_t> peer_of(const Descriptor& socket) {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
    return std::nullopt;
  }
  return credentials.uid;
}

bool peer_gone(const Descriptor& socket) {
  pollfd look{socket.get(), POLLRDHUP, 0};
  return ::poll(&look, 1, 0) > 0 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

std::optional<Read> LineReader::wait(std::optional<std::chrono::steady_clock::time_point> deadline,
                                     int stop) const {
  pollfd looks[2] = {{socket_.get(), POLLIN, 0}, {stop, POLLIN, 0}};
  const int ready = ::poll(looks, stop >= 0 ? 2 : 1, milliseconds_until(deadline));
  if (ready < 0) return errno == EINTR ? std::optional<Read>{} : Read::failed;
  if (ready > 0 && looks[1].revents != 0) return Read::failed;
  if (deadline && std::chrono::steady_clock::now() >= *deadline) return Read::too_late;
  return std::nullopt;
}

Read LineReader::next(std::string& line,
                      std::optional<std::chrono::steady_clock::time_point> deadline, int stop) {
  while (true) {
    const auto end = bytes_.find('\n', scanned_);
    if (end != std::string::npos && end <= bytes_max_) {
      line = bytes_.substr(0, end);
      bytes_.erase(0, end + 1);
      scanned_ = 0;
      return Read::line;
    }
    if (bytes_.size() > bytes_max_) return Read::too_long;
    scanned_ = bytes_.size();
    if (const auto over = wait(deadline, stop)) return *over;
    char part[kReadBytes];
    const auto got = ::recv(socket_.get(), part, sizeof part, MSG_DONTWAIT);
    if (got > 0) {
      bytes_.append(part, static_cast<std::size_t>(got));
    } else if (got == 0) {
      return Read::ended;
    } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
      return errno == ECONNRESET ? Read::ended : Read::failed;
    }
  }
}

bool write_all(const Descriptor& socket, std::string_view bytes,
               std::chrono::milliseconds patience) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return false;
    pollfd look{socket.get(), POLLOUT, 0};
    const int ready = ::poll(&look, 1, static_cast<int>(patience.count()));
    if (ready == 0 || (ready < 0 && errno != EINTR)) return false;
  }
  return true;
}

}  // namespace app::control
