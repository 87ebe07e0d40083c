#pragma once
// What travels on the daemon's socket: one JSON object per line.
//
//   the command line asks, once    {"v":1,"command":"stock set","words":["LA-P-TLD","800kg"],
//                                   "options":{"note":"…"},"lang":"vi","json":false,"terminal":true}
//   the daemon answers             {"out":"…"} and {"err":"…"}, as often as needed
//   and ends with                  {"exit":0}
//
// Text is UTF-8; bytes that are not become U+FFFD. Errors: `protocol`, saying what is wrong with
// the line. Nothing here throws. Threads: values.
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace app::control {

inline constexpr int kVersion = 1;
inline constexpr std::size_t kRequestBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kRequestWordsMax = 1'000;   // words, and options
inline constexpr std::size_t kFrameTextMax = 64 * 1024;  // longer texts are sent in pieces
// A frame of kFrameTextMax bytes that all have to be escaped, and its name.
inline constexpr std::size_t kFrameBytesMax = 8 * kFrameTextMax;

struct Request {
  std::string command;  // "stock set"
  std::vector<std::string> words;
  std::map<std::string, std::string> options;
  std::string lang = "vi";
  bool json = false;
  bool terminal = false;  // stderr of the asker is one

  bool operator==(const Request&) const = default;
};

struct Out {
  std::string text;
  bool operator==(const Out&) const = default;
};
struct Err {
  std::string text;
  bool operator==(const Err&) const = default;
};
struct Exit {
  int code = 0;
  bool operator==(const Exit&) const = default;
};
using Frame = std::variant<Out, Err, Exit>;

// Each line ends with its newline; the parsers take it with or without.
std::string to_line(const Request& request);
std::string to_line(const Frame& frame);
base::Result<Request> parse_request(std::string_view line);
base::Result<Frame> parse_frame(std::string_view line);

// The text in pieces of at most kFrameTextMax bytes that cut no character in two.
std::vector<std::string_view> pieces(std::string_view text);

}  // namespace app::control
