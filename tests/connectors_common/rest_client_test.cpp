#include "connectors/common/rest_client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "connectors/common/scripted_transport.h"
#include "tests/connectors_common/raw_server.h"

namespace connectors::common::testing {
namespace {

using base::Error;
using base::ErrorCode;
using namespace std::chrono_literals;

RestConfig config_for(const std::string& base_url) {
  RestConfig config;
  config.base_url = base_url;
  return config;
}

RestRequest get(const std::string& path_and_query) {
  RestRequest request;
  request.path_and_query = path_and_query;
  request.repeatable = Repeatable::yes;
  return request;
}

TEST(RestClient, HandsTheWholeRequestToTheTransport) {
  auto wire = std::make_shared<ScriptedTransport>();
  wire->reply(201, R"({"id":7})", {{"X-Total", "3"}});
  RestClient client{config_for("https://shop.example/wp-json/wc/v3"), wire};
  RestRequest request;
  request.method = "POST";
  request.path_and_query = "/products?x=1";
  request.headers = {{"Authorization", "Basic abc"}};
  request.body = R"({"name":"Rau má"})";
  request.content_type = "application/json";
  request.kind = CallKind::write;

  const auto reply = client.send(request);

  ASSERT_TRUE(reply.ok()) << reply.error().message;
  EXPECT_EQ(reply.value().status, 201);
  EXPECT_EQ(reply.value().body, R"({"id":7})");
  EXPECT_EQ(find_header(reply.value().headers, "x-total"), "3");
  ASSERT_EQ(wire->requests().size(), 1U);
  const WireRequest sent = wire->requests().front();
  EXPECT_EQ(sent.method, "POST");
  EXPECT_EQ(sent.url, "https://shop.example/wp-json/wc/v3/products?x=1");
  EXPECT_EQ(sent.body, request.body);
  EXPECT_EQ(find_header(sent.headers, "content-type"), "application/json");
  EXPECT_EQ(find_header(sent.headers, "authorization"), "Basic abc");
  EXPECT_EQ(find_header(sent.headers, "user-agent"), "nongsan");
  EXPECT_EQ(sent.kind, CallKind::write);
  EXPECT_EQ(sent.repeatable, Repeatable::no);
}

TEST(RestClient, KeepsTheEncodedPathAndQueryByteForByte) {
  auto wire = std::make_shared<ScriptedTransport>();
  wire->otherwise([](const WireRequest&) { return RestResponse{200, {}, "{}"}; });
  RestClient client{config_for("https://shop.example/rest/"), wire};
  const std::vector<std::string> paths{"/a%2Fb/c",
                                       "/orders?after=2026-11-24T01%3A02%3A03Z&x=a+b&y=%20z&empty=",
                                       "/p?sign=AB%3D%3D&list=%5B1,2%5D&t='q'",
                                       "/%E1%BB%93/x~y_z-w.v",
                                       "/a/../b/./c",
                                       ""};

  for (const auto& path : paths) ASSERT_TRUE(client.send(get(path)).ok()) << path;

  const auto sent = wire->requests();
  for (std::size_t i = 0; i + 1 < paths.size(); ++i) {
    EXPECT_EQ(sent[i].url, "https://shop.example/rest" + paths[i]);
  }
  EXPECT_EQ(sent.back().url, "https://shop.example/rest/");
}

TEST(RestClient, PutsTheSameBytesOnTheSocket) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send_ok("{}");
    return After::keep_open;
  }};
  RestClient client{config_for(server.url() + "/api")};
  const std::string path = "/a/../b%2Fc?sign=AB%3D&x=a+b&y=%20z";
  auto request = get(path);
  request.headers = {{"X-Empty", ""}, {"X-Sign", "k:v;w"}};

  ASSERT_TRUE(client.send(request).ok());

  const std::string text = server.requests().front();
  EXPECT_TRUE(text.starts_with("GET /api" + path + " HTTP/1.1\r\n")) << text;
  EXPECT_NE(text.find("\r\nX-Empty:\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\r\nX-Sign: k:v;w\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\r\nUser-Agent: nongsan\r\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("Expect:"), std::string::npos) << text;
}

TEST(RestClient, CarriesLargeBinaryBodiesBothWays) {
  std::string body(300'000, '\0');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 31 % 256);
  RawServer server{[](const RawServer::Exchange& exchange) {
    exchange.send_ok(exchange.request.substr(exchange.request.find("\r\n\r\n") + 4));
    return After::keep_open;
  }};
  RestClient client{config_for(server.url())};
  RestRequest request;
  request.method = "POST";
  request.path_and_query = "/upload";
  request.body = body;
  request.content_type = "application/octet-stream";
  request.kind = CallKind::upload;

  const auto reply = client.send(request);

  ASSERT_TRUE(reply.ok()) << reply.error().message;
  EXPECT_TRUE(reply.value().body == body);
}

TEST(RestClient, SendsEveryMethodAsAskedWithOrWithoutABody) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    if (exchange.request.starts_with("HEAD")) {
      exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
    } else {
      exchange.send_ok("{}");
    }
    return After::keep_open;
  }};
  RestClient client{config_for(server.url())};

  for (const std::string method : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}) {
    auto request = get("/x");
    request.method = method;
    const auto reply = client.send(request);
    ASSERT_TRUE(reply.ok()) << method << ": " << reply.error().message;
    EXPECT_EQ(server.count(method + " /x HTTP/1.1\r\n"), 1) << method;
  }
  for (const auto& text : server.requests()) {
    const bool may_have_body = text.starts_with("P");
    EXPECT_EQ(text.find("Content-Length: 0") != std::string::npos, may_have_body) << text;
  }
}

TEST(RestClient, GivesEveryKindItsOwnDeadline) {
  auto wire = std::make_shared<ScriptedTransport>();
  wire->otherwise([](const WireRequest&) { return RestResponse{200, {}, "{}"}; });
  auto config = config_for("https://shop.example");
  config.deadlines = {{CallKind::read, 7ms}};
  RestClient client{config, wire};

  for (const auto kind :
       {CallKind::probe, CallKind::read, CallKind::write, CallKind::upload, CallKind::token}) {
    auto request = get("/x");
    request.kind = kind;
    ASSERT_TRUE(client.send(request).ok());
  }

  EXPECT_EQ(wire->deadlines(), (std::vector<std::chrono::milliseconds>{10s, 7ms, 60s, 120s, 20s}));
}

TEST(RestClient, PassesTheTransportsErrorThrough) {
  auto wire = std::make_shared<ScriptedTransport>();
  wire->fail(Error{ErrorCode::unknown_outcome, "lost", 5s, "E1"});
  RestClient client{config_for("https://shop.example"), wire};

  const auto reply = client.send(get("/x"));

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unknown_outcome));
  EXPECT_EQ(reply.error().message, "lost");
  EXPECT_EQ(reply.error().retry_after, 5s);
  EXPECT_EQ(reply.error().vendor_code, "E1");
}

TEST(RestClient, TurnsAnythingThrownIntoAnErrorThatFitsTheCall) {
  auto wire = std::make_shared<ScriptedTransport>();
  wire->otherwise(
      [](const WireRequest&) -> base::Result<RestResponse> { throw std::runtime_error{"boom"}; });
  RestClient client{config_for("https://shop.example"), wire};
  auto create = get("/x");
  create.repeatable = Repeatable::no;

  const auto read = client.send(get("/x"));
  const auto written = client.send(create);

  EXPECT_EQ(to_string(read.error().code), to_string(ErrorCode::unavailable));
  EXPECT_EQ(to_string(written.error().code), to_string(ErrorCode::unknown_outcome));
}

TEST(RestClient, RefusesBaseUrlsThatAreUnsafeOrUnreadable) {
  for (const std::string url :
       {"", "shop.example", "ftp://shop.example", "http://shop.example", "http://10.0.0.1",
        "http://127.0.0.1.evil.example", "http://localhost.evil.example", "https://",
        "https://user:pw@shop.example", "https://shop.example/?a=1", "https://shop.example/#f",
        "https://shop example"}) {
    auto wire = std::make_shared<ScriptedTransport>();
    RestClient client{config_for(url), wire};
    const auto reply = client.send(get("/x"));
    ASSERT_FALSE(reply.ok()) << url;
    EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::invalid)) << url;
    EXPECT_FALSE(client.check().ok()) << url;
    EXPECT_EQ(reply.error().message.find("pw"), std::string::npos) << reply.error().message;
    EXPECT_TRUE(wire->requests().empty()) << url;
  }
}

TEST(RestClient, AllowsPlainHttpToThisMachineUnlessForbidden) {
  for (const std::string url :
       {"http://127.0.0.1:8080", "http://127.9.8.7", "http://localhost:1", "http://[::1]:8080"}) {
    auto config = config_for(url);
    EXPECT_TRUE(RestClient(config, std::make_shared<ScriptedTransport>()).check().ok()) << url;
    config.plain_http = PlainHttp::never;
    EXPECT_FALSE(RestClient(config, std::make_shared<ScriptedTransport>()).check().ok()) << url;
  }
}

TEST(RestClient, RefusesRequestsThatCouldSmuggleAnother) {
  auto wire = std::make_shared<ScriptedTransport>();
  RestClient client{config_for("https://shop.example"), wire};
  std::vector<RestRequest> bad;
  for (const std::string path : {"x", "//evil.example/x", "https://evil.example/", "@evil.example/",
                                 "/a b", "/a?b[]=1", "/a\r\nX: y", "/a#b", "/ồ"}) {
    bad.push_back(get(path));
  }
  bad.push_back(get("/x"));
  bad.back().headers = {{"X-A", "1\r\nX-B: 2"}};
  bad.push_back(get("/x"));
  bad.back().headers = {{"X A", "1"}};
  bad.push_back(get("/x"));
  bad.back().method = "GET /y HTTP/1.1\r\nX:";
  bad.push_back(get("/x"));
  bad.back().content_type = "a\nb";

  for (const auto& request : bad) {
    const auto reply = client.send(request);
    ASSERT_FALSE(reply.ok()) << request.path_and_query;
    EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::invalid));
  }
  EXPECT_TRUE(wire->requests().empty());
}

TEST(RestClient, ServesManyThreadsWithoutMixingTheirCalls) {
  RawServer server{[](const RawServer::Exchange& exchange) {
    const std::size_t end = exchange.request.find(" HTTP/1.1");
    const std::size_t path = exchange.request.find(' ') + 1;
    exchange.send_ok(exchange.request.substr(path, end - path));
    return After::keep_open;
  }};
  RestClient client{config_for(server.url())};

  std::vector<std::thread> callers;
  for (int caller = 0; caller < 12; ++caller) {
    callers.emplace_back([&client, caller] {
      for (int call = 0; call < 20; ++call) {
        auto request = get("/" + std::to_string(caller) + "/" + std::to_string(call));
        request.repeatable = call % 4 == 0 ? Repeatable::no : Repeatable::yes;
        const auto reply = client.send(request);
        ASSERT_TRUE(reply.ok()) << reply.error().message;
        EXPECT_EQ(reply.value().body, request.path_and_query);
      }
    });
  }
  for (auto& caller : callers) caller.join();

  EXPECT_EQ(server.requests().size(), 240U);
}

}  // namespace
}  // namespace connectors::common::testing
