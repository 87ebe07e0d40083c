#pragma once
// Private to server/http: where does a request's header end, and is the length of its body said in
// exactly one way? Two readers that disagree can be made to see different requests (request
// smuggling), so what could be read twice is refused here, before Beast sees it.
// Errors: as values. Threads: pure functions; a scanner belongs to one session.
// Source: RFC 9112 §2.2, §5.2 (obs-fold), §6.1-6.3; RFC 9110 §7.2 (Host).
#include <cstddef>
#include <string_view>
#include <vector>

namespace server::http {

enum class HeaderState { incomplete, complete, malformed, too_many_fields };

// Finds the end of a header block as its bytes arrive; each byte is looked at once. Refuses bare
// CR, bare LF, NUL and lines that begin with white space (folded ones). One empty line before the
// request line is skipped, as RFC 9112 asks.
class HeaderScanner {
 public:
  explicit HeaderScanner(std::size_t fields_max) : fields_max_(fields_max) {}

  // `bytes`: everything received of this request; between calls it only grows.
  HeaderState scan(std::string_view bytes);
  // The block from the request line to the empty line included; valid once complete.
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }

 private:
  HeaderState end_line();

  std::size_t fields_max_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  std::size_t lines_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

enum class HttpVersion { v1_0, v1_1 };

struct FramingHeaders {
  HttpVersion version = HttpVersion::v1_1;
  std::vector<std::string_view> content_lengths;
  std::vector<std::string_view> transfer_encodings;
  std::size_t hosts = 0;
};

// Empty when unambiguous, else what is wrong.
std::string_view framing_fault(const FramingHeaders& headers);

}  // namespace server::http
