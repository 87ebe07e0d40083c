#pragma once
// Unix stream sockets, just what the daemon and the command line need of them.
//
// A path longer than the kernel takes (107 bytes) throws std::runtime_error with a plain sentence;
// so does any other failure to bind. Reading and writing never throw: they say how they ended.
// Threads: a Descriptor has one owner; read_line and write_all of one socket may run at once.
// Source: unix(7), socket(7), Linux 6.1.
#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace app::control {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

// Listens on `path` with mode 0600. A socket file left by a dead daemon is replaced: call this only
// while holding the database's lock. Anything else under that name is left alone and throws.
Descriptor listen_at(const std::string& path, int waiting_max);
// Nothing when nobody listens there.
std::optional<Descriptor> connect_to(const std::string& path);

// May this user give the daemon orders? Its own, and root.
bool peer_allowed(uid_t peer, uid_t own);
std::optional<uid_t> peer_of(const Descriptor& socket);
// The other side has closed; what it sent before may still be waiting.
bool peer_gone(const Descriptor& socket);

enum class Read { line, ended, too_long, too_late, failed };

// Lines of a socket, at most `bytes_max` long.
class LineReader {
 public:
  LineReader(const Descriptor& socket, std::size_t bytes_max)
      : socket_(socket), bytes_max_(bytes_max) {}

  // Waits until `deadline`, or for ever; `line` is without its newline. `stop` (a descriptor, or
  // -1) becoming readable ends the wait as `failed`.
  Read next(std::string& line, std::optional<std::chrono::steady_clock::time_point> deadline,
            int stop = -1);

 private:
  std::optional<Read> wait(std::optional<std::chrono::steady_clock::time_point> deadline,
                           int stop) const;

  const Descriptor& socket_;
  const std::size_t bytes_max_;
  std::string bytes_;
  std::size_t scanned_ = 0;
};

// False when the other side went away, or took nothing for `patience`.
bool write_all(const Descriptor& socket, std::string_view bytes,
               std::chrono::milliseconds patience);

}  // namespace app::control
