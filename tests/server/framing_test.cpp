#include "server/http/framing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace server::http {
namespace {

constexpr std::size_t kFieldsMax = 3;

HeaderState scan(std::string_view bytes) {
  return HeaderScanner(kFieldsMax).scan(bytes);
}

TEST(HeaderScanner, FindsTheEndAndLeavesWhatFollows) {
  HeaderScanner scanner(kFieldsMax);

  EXPECT_EQ(scanner.scan("GET / HTTP/1.1\r\nA: b\r\n\r\nbody"), HeaderState::complete);

  EXPECT_EQ(scanner.begin(), 0U);
  EXPECT_EQ(scanner.end(), 24U);
}

TEST(HeaderScanner, SkipsOneEmptyLineBeforeTheRequestButNotTwo) {
  HeaderScanner scanner(kFieldsMax);
  EXPECT_EQ(scanner.scan("\r\nGET / HTTP/1.1\r\n\r\n"), HeaderState::complete);
  EXPECT_EQ(scanner.begin(), 2U);

  EXPECT_EQ(scan("\r\n\r\nGET / HTTP/1.1\r\n\r\n"), HeaderState::malformed);
}

TEST(HeaderScanner, RefusesWhatReadersDisagreeOn) {
  EXPECT_EQ(scan("GET / HTTP/1.1\nA: b\n\n"), HeaderState::malformed);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nA: b\n\r\n"), HeaderState::malformed);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n"), HeaderState::malformed);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"), HeaderState::malformed);
  EXPECT_EQ(scan("GET / HTTP/1.1\r\n\tA: b\r\n\r\n"), HeaderState::malformed);
  EXPECT_EQ(scan(std::string_view("GET / HTTP/1.1\r\nA: \0\r\n\r\n", 25)), HeaderState::malformed);
}

TEST(HeaderScanner, CountsFieldsUpToItsLimit) {
  EXPECT_EQ(scan("G\r\na:\r\nb:\r\nc:\r\n\r\n"), HeaderState::complete);
  EXPECT_EQ(scan("G\r\na:\r\nb:\r\nc:\r\nd:\r\n"), HeaderState::too_many_fields);
}

RC_GTEST_PROP(HeaderScanner, SaysTheSameHoweverTheBytesArrive, ()) {
  static const std::vector<std::string> kPieces = {"\r\n", "\r",   "\n",       " ",
                                                   "a",    "b: c", "\r\n\r\n", "\t"};
  const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces));
  std::string bytes;
  for (const auto& piece : pieces) bytes += piece;
  HeaderScanner whole(kFieldsMax);
  const auto expected = whole.scan(bytes);

  HeaderScanner stepwise(kFieldsMax);
  auto state = HeaderState::incomplete;
  for (std::size_t n = 1; n <= bytes.size() && state == HeaderState::incomplete; ++n) {
    state = stepwise.scan(std::string_view(bytes).substr(0, n));
  }

  RC_ASSERT(state == expected);
  RC_ASSERT(stepwise.end() == whole.end());
}

FramingHeaders lengths(std::vector<std::string_view> values) {
  return {.content_lengths = std::move(values), .transfer_encodings = {}, .hosts = 1};
}

FramingHeaders encodings(std::vector<std::string_view> values) {
  return {.content_lengths = {}, .transfer_encodings = std::move(values), .hosts = 1};
}

TEST(FramingFault, IsNoneForOneLengthOrChunkedOrNothing) {
  EXPECT_EQ(framing_fault({.content_lengths = {}, .transfer_encodings = {}, .hosts = 1}), "");
  EXPECT_EQ(framing_fault(lengths({"0"})), "");
  EXPECT_EQ(framing_fault(lengths({"4194304"})), "");
  EXPECT_EQ(framing_fault(encodings({"chunked"})), "");
}

TEST(FramingFault, NamesEveryOtherLength) {
  for (const auto* value : {"+5", "-1", "", "5, 5", "0x5", "5 ", "9223372036854775808", "5e1"}) {
    EXPECT_NE(framing_fault(lengths({value})), "") << value;
  }
  EXPECT_NE(framing_fault(lengths({"5", "5"})), "");
}

TEST(FramingFault, NamesEveryOtherEncoding) {
  for (const auto* value : {"gzip", "gzip, chunked", "chunked, chunked", "identity", "", "xchunked",
                            "chunked;q=1", "Chunked"}) {
    EXPECT_NE(framing_fault(encodings({value})), "") << value;
  }
  EXPECT_NE(framing_fault(encodings({"chunked", "chunked"})), "");
  auto old = encodings({"chunked"});
  old.version = HttpVersion::v1_0;
  EXPECT_NE(framing_fault(old), "");
}

TEST(FramingFault, WantsExactlyOneHostSinceHttp11) {
  FramingHeaders headers;
  EXPECT_NE(framing_fault(headers), "");
  headers.hosts = 2;
  EXPECT_NE(framing_fault(headers), "");
  headers.hosts = 0;
  headers.version = HttpVersion::v1_0;
  EXPECT_EQ(framing_fault(headers), "");
}

}  // namespace
}  // namespace server::http
