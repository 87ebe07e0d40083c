#pragma once
// A folder for a socket, a sink that remembers, and a client made of bytes.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>

#include "app/control/frame.h"
#include "app/control/socket.h"
#include "app/sink.h"

namespace app::control {

class MemorySink final : public Sink {
 public:
  void out(std::string_view text) override {
    const std::lock_guard lock(mutex_);
    out_ += text;
  }
  void err(std::string_view text) override {
    const std::lock_guard lock(mutex_);
    err_ += text;
  }
  bool listening() const override { return true; }
  std::string out_text() const {
    const std::lock_guard lock(mutex_);
    return out_;
  }
  std::string err_text() const {
    const std::lock_guard lock(mutex_);
    return err_;
  }

 private:
  mutable std::mutex mutex_;
  std::string out_;
  std::string err_;
};

class Folder {
 public:
  Folder() {
    auto pattern = testing::TempDir() + "nongsan-control-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder");
    path_ = pattern;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string socket() const { return (path_ / "shop.db.sock").string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline Request request_of(const std::string& command) {
  Request request;
  request.command = command;
  return request;
}

// Everything the other side sends until it closes.
inline std::string read_to_end(const Descriptor& socket) {
  std::string all;
  char part[4096];
  while (true) {
    const auto got = ::recv(socket.get(), part, sizeof part, 0);
    if (got <= 0) return all;
    all.append(part, static_cast<std::size_t>(got));
  }
}

// The next line and nothing after it; empty when there is none.
inline std::string line_of(const Descriptor& socket) {
  std::string line;
  char byte = 0;
  while (::recv(socket.get(), &byte, 1, 0) == 1) {
    if (byte == '\n') return line;
    line += byte;
  }
  return "";
}

inline void send_bytes(const Descriptor& socket, std::string_view bytes) {
  write_all(socket, bytes, std::chrono::seconds{10});
}

}  // namespace app::control
