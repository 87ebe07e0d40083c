// Whom a client trusts: the system's authorities or the file it was given, and the name in the URL.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <random>
#include <string>

#include "connectors/common/rest_client.h"
#include "tests/connectors_common/raw_server.h"
#include "tests/connectors_common/tls_server.h"

namespace connectors::common::testing {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

class Tls : public ::testing::Test {
 protected:
  Tls() : ca_file_(::testing::TempDir() + "nongsan_ca_" + std::to_string(std::random_device{}())) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that clients closed
  }
  ~Tls() override { std::remove(ca_file_.c_str()); }

  static base::Result<RestResponse> create_at(const std::string& url, const std::string& ca_file) {
    RestConfig config;
    config.base_url = url;
    config.ca_file = ca_file;
    RestRequest request;
    request.method = "POST";
    request.path_and_query = "/orders?sign=hidden";
    request.kind = CallKind::write;
    return RestClient{config}.send(request);
  }

  std::string ca_file_;
};

TEST_F(Tls, ACertificateOfTheGivenFileAndNameIsAccepted) {
  const TlsServer server{"IP:127.0.0.1"};
  server.write_certificate(ca_file_);

  const auto reply = create_at(server.url(), ca_file_);

  ASSERT_TRUE(reply.ok()) << reply.error().message;
  EXPECT_EQ(reply.value().body, "{}");
  EXPECT_EQ(server.requests(), 1);
}

TEST_F(Tls, AnUnknownCertificateIsUnavailableAndNothingIsSent) {
  const TlsServer server{"IP:127.0.0.1"};

  const auto reply = create_at(server.url(), "");

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unavailable));
  EXPECT_NE(reply.error().message.find("TLS failed: "), std::string::npos) << reply.error().message;
  EXPECT_EQ(reply.error().message.find("hidden"), std::string::npos) << reply.error().message;
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(Tls, ATrustedCertificateForAnotherNameIsUnavailable) {
  const TlsServer server{"DNS:shop.example"};
  server.write_certificate(ca_file_);

  const auto reply = create_at(server.url(), ca_file_);

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unavailable));
  EXPECT_NE(reply.error().message.find("TLS failed: "), std::string::npos) << reply.error().message;
  EXPECT_EQ(server.requests(), 0);
}

TEST_F(Tls, AnUnreadableAuthorityFileIsOurOwnMistake) {
  const TlsServer server{"IP:127.0.0.1"};

  const auto reply = create_at(server.url(), ca_file_ + "-missing");

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::invalid)) << reply.error().message;
}

TEST_F(Tls, AHandshakeThatNeverEndsIsUnavailableAndNothingIsSent) {
  RawServer server{[](const RawServer::Exchange&) { return After::close; }};
  RestConfig config;
  config.base_url = "https://" + server.authority();
  config.deadlines[CallKind::write] = 300ms;
  RestClient client{config};
  RestRequest request;
  request.method = "POST";
  request.path_and_query = "/orders";
  request.kind = CallKind::write;

  const auto reply = client.send(request);

  ASSERT_FALSE(reply.ok());
  EXPECT_EQ(to_string(reply.error().code), to_string(ErrorCode::unavailable));
  EXPECT_EQ(server.requests().size(), 0U);
}

}  // namespace
}  // namespace connectors::common::testing
