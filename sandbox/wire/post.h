#pragma once
// One HTTP POST of the sandbox to a seller's address, as the vendors' push senders make it: no
// proxy, no redirect followed, a hard limit in time and in the length of the answer.
// Nothing throws: status 0 and a `problem` when no answer came. Threads: safe; blocks.
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sandbox::wire {

inline constexpr std::size_t kAnswerBytesMax = 64U << 10U;

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Letter {
  std::string url;
  Headers headers;
  std::string body;
  std::chrono::milliseconds answer_within{3'000};
};

struct Answer {
  int status = 0;
  std::string body;
  std::string problem;
};

Answer post(const Letter& letter);

}  // namespace sandbox::wire
