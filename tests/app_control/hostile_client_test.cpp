#include <gtest/gtest.h>

#include <deque>
#include <future>

#include "app/control/client.h"
#include "app/control/server.h"
#include "control_world.h"

namespace app::control {
namespace {

constexpr std::chrono::milliseconds kShort{1'000};

// A server with short patience, and the proof that it still serves.
class HostileClient : public testing::Test {
 protected:
  void TearDown() override {
    MemorySink heard;
    std::optional<Answer> answer;
    // Slots of what the test left behind may take a moment to be free again.
    for (int attempt = 0; attempt < 1'000 && (!answer || answer->code != 0); ++attempt) {
      answer = ask(folder_.socket(), request_of("honest"), heard);
    }
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->end, End::finished);
    EXPECT_EQ(answer->code, 0);
    EXPECT_EQ(honest_, 1);
  }

  std::string answer_to(std::string_view bytes) {
    const auto socket = connect_to(folder_.socket());
    EXPECT_TRUE(socket);
    send_bytes(*socket, bytes);
    return read_to_end(*socket);
  }

  Folder folder_;
  std::atomic<int> honest_{0};
  std::optional<Descriptor> deaf_;  // stays open until the server has proved itself
  Server server_{folder_.socket(),
                 [this](const Request& request, Sink& sink) {
                   if (request.command == "honest") ++honest_;
                   if (request.command == "flood") {
                     const std::string much(std::size_t{1} << 20, 'x');
                     for (int i = 0; i < 16; ++i) sink.out(much);
                   }
                   return 0;
                 },
                 {.read_patience = kShort, .write_patience = kShort}};
};

TEST_F(HostileClient, GarbageIsAnsweredAndRunsNothing) {
  EXPECT_NE(answer_to("GET / HTTP/1.1\r\n\r\n").find("{\"exit\":2}"), std::string::npos);
  EXPECT_NE(answer_to(std::string("\0\xff\xfe\n", 4)).find("{\"exit\":2}"), std::string::npos);
  EXPECT_NE(answer_to("\n").find("{\"exit\":2}"), std::string::npos);
}

TEST_F(HostileClient, AnEndlessLineIsCutOff) {
  EXPECT_NE(answer_to(std::string(kRequestBytesMax + 70'000, 'x')).find("too long"),
            std::string::npos);
}

TEST_F(HostileClient, HalfALineIsGivenUp) {
  EXPECT_NE(answer_to(R"({"v":1,"command":"honest")").find("no request came"), std::string::npos);
}

TEST_F(HostileClient, HalfALineAndGoodbyeRunsNothing) {
  const auto socket = connect_to(folder_.socket());
  send_bytes(*socket, R"({"v":1,"command":"honest"})");  // the newline is missing
}

TEST_F(HostileClient, AThousandConnectionsTakeNoMoreThanTheirSlots) {
  std::deque<Descriptor> open;
  int refused = 0;
  for (int i = 0; i < 1'000; ++i) {
    auto socket = connect_to(folder_.socket());
    ASSERT_TRUE(socket) << i;
    open.push_back(std::move(*socket));
    if (open.size() < 200) continue;  // what a process may hold open
    if (read_to_end(open.front()).find("\"exit\":5") != std::string::npos) ++refused;
    open.pop_front();
  }
  for (const auto& socket : open) {
    if (read_to_end(socket).find("\"exit\":5") != std::string::npos) ++refused;
  }

  EXPECT_GT(refused, 500);
}

TEST_F(HostileClient, WhoReadsNothingHoldsNobodyUp) {
  deaf_ = connect_to(folder_.socket());
  send_bytes(*deaf_, to_line(request_of("flood")));
}

TEST_F(HostileClient, WhoAsksTwiceIsAnsweredOnce) {
  const auto line = to_line(request_of("other"));

  EXPECT_EQ(answer_to(line + line), "{\"exit\":0}\n");
}

}  // namespace
}  // namespace app::control
