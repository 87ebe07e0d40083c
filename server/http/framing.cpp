#include "server/http/framing.h"

#include <algorithm>

namespace server::http {
namespace {

constexpr std::size_t kLengthDigitsMax = 18;  // below 2^63 whatever the digits are

bool is_plain_length(std::string_view text) {
  return !text.empty() && text.size() <= kLengthDigitsMax &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

HeaderState HeaderScanner::scan(std::string_view bytes) {
  for (; at_ < bytes.size(); ++at_) {
    const char c = bytes[at_];
    const bool after_cr = at_ > 0 && bytes[at_ - 1] == '\r';
    if (after_cr != (c == '\n') || c == '\0') return HeaderState::malformed;
    if (at_ == line_start_ && (c == ' ' || c == '\t')) return HeaderState::malformed;
    if (c != '\n') continue;
    const auto state = end_line();
    if (state != HeaderState::incomplete) return state;
  }
  return HeaderState::incomplete;
}

// at_ is on the LF of a CRLF.
HeaderState HeaderScanner::end_line() {
  const bool empty = at_ == line_start_ + 1;
  line_start_ = at_ + 1;
  if (!empty) {
    ++lines_;
    return lines_ > fields_max_ + 1 ? HeaderState::too_many_fields : HeaderState::incomplete;
  }
  if (lines_ > 0) {
    end_ = at_ + 1;
    return HeaderState::complete;
  }
  if (begin_ > 0) return HeaderState::malformed;
  begin_ = at_ + 1;
  return HeaderState::incomplete;
}

std::string_view framing_fault(const FramingHeaders& headers) {
  const auto& lengths = headers.content_lengths;
  const auto& encodings = headers.transfer_encodings;
  if (lengths.size() > 1) return "more than one Content-Length";
  if (encodings.size() > 1) return "more than one Transfer-Encoding";
  if (!lengths.empty() && !encodings.empty()) return "Content-Length and Transfer-Encoding";
  if (!lengths.empty() && !is_plain_length(lengths.front())) return "malformed Content-Length";
  if (!encodings.empty() && encodings.front() != "chunked") return "unknown Transfer-Encoding";
  if (!encodings.empty() && headers.version == HttpVersion::v1_0) {
    return "Transfer-Encoding in HTTP/1.0";
  }
  if (headers.hosts > 1) return "more than one Host";
  if (headers.hosts == 0 && headers.version == HttpVersion::v1_1) return "no Host";
  return {};
}

}  // namespace server::http
