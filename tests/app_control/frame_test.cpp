#include "app/control/frame.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace app::control {
namespace {

Request sample() {
  Request request;
  request.command = "stock set";
  request.words = {"LA-P-TLD", "3 tạ 2"};
  request.options = {{"note", "kiểm kê\n\"sáng\""}, {"dry-run", ""}};
  request.lang = "en";
  request.json = true;
  request.terminal = true;
  return request;
}

TEST(ControlFrame, RequestSurvivesTheLine) {
  const auto line = to_line(sample());

  const auto read = parse_request(line);

  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read.value(), sample());
  EXPECT_EQ(line.find('\n'), line.size() - 1) << "one frame is one line";
}

TEST(ControlFrame, FramesSurviveTheLine) {
  const Frame frames[] = {Out{"đã xác nhận 3 dòng\n"}, Err{"\r\x1b[K  12 việc xong"}, Exit{0},
                          Exit{130}};
  for (const auto& frame : frames) {
    const auto line = to_line(frame);

    const auto read = parse_frame(line);

    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_EQ(read.value(), frame);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
  }
}

TEST(ControlFrame, DigitsInTextKeepTheirLook) {
  Request request = sample();
  request.words = {"007", "19.90", "123456789012345678901234567890", "true", "null"};

  EXPECT_EQ(parse_request(to_line(request)).value().words, request.words);
}

TEST(ControlFrame, HostileRequestsAreRefused) {
  std::string many = R"({"v":1,"command":"x","words":[)";
  for (std::size_t i = 0; i <= kRequestWordsMax; ++i) many += i == 0 ? "\"a\"" : ",\"a\"";
  many += "]}";
  const std::string lines[] = {
      "",
      "stock set LA-P-TLD 800kg",
      "[]",
      "{}",
      R"({"command":"stock set"})",
      R"({"v":2,"command":"stock set"})",
      R"({"v":"one","command":"stock set"})",
      R"({"v":1})",
      R"({"v":1,"command":"x","words":"a"})",
      R"({"v":1,"command":"x","words":[1]})",
      R"({"v":1,"command":"x","words":[["a"]]})",
      R"({"v":1,"command":"x","options":[]})",
      R"({"v":1,"command":"x","options":{"note":{}}})",
      R"({"v":1,"command":"x")",
      std::string(100'000, '['),
      many,
      std::string(kRequestBytesMax + 1, ' '),
  };
  for (const auto& line : lines) {
    const auto read = parse_request(line);
    ASSERT_FALSE(read.ok()) << line.substr(0, 80);
    EXPECT_EQ(read.error().code, base::ErrorCode::protocol);
  }
}

TEST(ControlFrame, HostileFramesAreRefused) {
  const std::string lines[] = {"",
                               "{}",
                               R"({"out":1})",
                               R"({"exit":"x"})",
                               R"({"exit":-1})",
                               R"({"exit":256})",
                               R"({"out":"a","exit":0})",
                               R"({"shout":"a"})",
                               std::string(kFrameBytesMax + 1, 'x')};
  for (const auto& line : lines) EXPECT_FALSE(parse_frame(line).ok()) << line.substr(0, 80);
}

TEST(ControlFrame, PiecesCutNoCharacterAndLoseNone) {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  const auto seed = given == nullptr ? std::random_device{}() : std::strtoul(given, nullptr, 10);
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 dice(seed);
  const std::string characters[] = {"a", "đ", "ạ", "🐟"};
  std::string text;
  while (text.size() < 5 * kFrameTextMax) text += characters[dice() % 4];

  std::string together;
  for (const auto piece : pieces(text)) {
    EXPECT_LE(piece.size(), kFrameTextMax);
    const auto read = parse_frame(to_line(Out{std::string(piece)}));
    together += std::get<Out>(read.value()).text;
  }

  EXPECT_EQ(together, text);
  EXPECT_TRUE(pieces("").empty());
}

TEST(ControlFrame, TheLongestPieceFitsAFrame) {
  const std::string worst(kFrameTextMax, '\x01');

  EXPECT_TRUE(parse_frame(to_line(Out{worst})).ok());
}

}  // namespace
}  // namespace app::control
