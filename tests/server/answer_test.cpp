#include "server/http/answer.h"

#include <gtest/gtest.h>

namespace server::http {
namespace {

TEST(HttpDate, IsWrittenAsRfc9110Asks) {
  EXPECT_EQ(http_date(std::chrono::sys_seconds{std::chrono::seconds{784'111'777}}),
            "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(SplitTarget, KnowsOriginAndAbsoluteForm) {
  const auto check = [](std::string_view target, std::string_view path, std::string_view query) {
    const auto parts = split_target(target);
    EXPECT_EQ(parts.path, path) << target;
    EXPECT_EQ(parts.query, query) << target;
  };
  check("/a%20b?x=1?y", "/a%20b", "x=1?y");
  check("/a", "/a", "");
  check("*", "*", "");
  check("http://shop:80/a?b", "/a", "b");
  check("HTTPS://shop", "/", "");
  check("http://shop?b", "/", "b");
}

TEST(HeaderBytes, KeepsFramingForItself) {
  Response response;
  response.body = "four";
  response.headers = {{"content-length", "99"}, {"Transfer-Encoding", "chunked"}, {"X-A", "b"}};

  const auto head = header_bytes(response, Connection::close);

  EXPECT_NE(head.find("\r\nContent-Length: 4\r\n"), std::string::npos) << head;
  EXPECT_NE(head.find("\r\nX-A: b\r\n"), std::string::npos) << head;
  EXPECT_NE(head.find("\r\nConnection: close\r\n"), std::string::npos) << head;
  EXPECT_EQ(head.find("99"), std::string::npos) << head;
  EXPECT_EQ(head.find("chunked"), std::string::npos) << head;
}

TEST(ResponseFault, RefusesWhatWouldSplitTheResponse) {
  Response response;
  EXPECT_EQ(response_fault(response), "");
  response.headers = {{"Location", "/a\r\nSet-Cookie: b"}};
  EXPECT_NE(response_fault(response), "");
  response.headers = {{"Bad Name", "a"}};
  EXPECT_NE(response_fault(response), "");
  response.headers = {};
  response.content_type = "text/plain\n";
  EXPECT_NE(response_fault(response), "");
  response.content_type = "text/plain";
  response.status = 100;
  EXPECT_NE(response_fault(response), "");
}

}  // namespace
}  // namespace server::http
