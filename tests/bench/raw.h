#pragma once
// The bare side's SQLite: a connection opened with the product's own pragmas, and then nothing but
// sqlite3's C calls on statements prepared once. Texts are bound without a copy and must live until
// the next run().
// Errors: std::runtime_error with SQLite's words. Threads: one.
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace bench {

enum class Use { write, read };

class RawDatabase {
 public:
  RawDatabase(const std::filesystem::path& path, Use use);
  ~RawDatabase();
  RawDatabase(const RawDatabase&) = delete;
  RawDatabase& operator=(const RawDatabase&) = delete;

  void execute(const char* sql);
  std::int64_t number(const char* sql);
  sqlite3* handle() const { return handle_; }

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  sqlite3* handle_;
};

class RawStatement {
 public:
  RawStatement(RawDatabase& database, const char* sql);
  ~RawStatement();
  RawStatement(const RawStatement&) = delete;
  RawStatement& operator=(const RawStatement&) = delete;

  template <typename... Values>
  void run(const Values&... values) {  // binds all, steps to the end, resets
    int index = 0;
    (bind(++index, values), ...);
    while (step()) continue;
    reset();
  }
  bool step();
  void reset();
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;

 private:
  void bind(int index, std::int64_t value);
  void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, std::string_view value);
  [[noreturn]] void fail() const;

  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
};

// The pragmas both sides run with, as this connection answers them.
std::map<std::string, std::string> pragmas(const std::filesystem::path& path, Use use);

}  // namespace bench
