#include "app/control/server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <future>

#include "app/control/client.h"
#include "control_world.h"

namespace app::control {
namespace {

TEST(ControlServer, HandsTheRequestOverAndTheWordsBack) {
  const Folder folder;
  Request seen;
  Server server(folder.socket(), [&](const Request& request, Sink& sink) {
    seen = request;
    sink.out("đã ghi\n");
    sink.err("chú ý\n");
    return 3;
  });
  auto request = request_of("stock set");
  request.words = {"LA-P-TLD", "800kg"};
  request.options = {{"note", "sáng"}};
  MemorySink heard;

  const auto answer = ask(folder.socket(), request, heard);

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->end, End::finished);
  EXPECT_EQ(answer->code, 3);
  EXPECT_EQ(seen, request);
  EXPECT_EQ(heard.out_text(), "đã ghi\n");
  EXPECT_EQ(heard.err_text(), "chú ý\n");
}

TEST(ControlServer, LongTextArrivesUnchanged) {
  const Folder folder;
  std::string text;
  while (text.size() < (std::size_t{6} << 20)) text += "thanh long ruột đỏ\n";
  Server server(folder.socket(), [&](const Request&, Sink& sink) {
    sink.out(text);
    return 0;
  });
  MemorySink heard;

  const auto answer = ask(folder.socket(), request_of("x"), heard);

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->code, 0);
  EXPECT_TRUE(heard.out_text() == text);
}

TEST(ControlServer, OneCommandRunsAtATimeAndTheOthersAreTold) {
  const Folder folder;
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::promise<void> first_runs;
  std::promise<void> go_on;
  auto gate = go_on.get_future().share();
  Server server(folder.socket(), [&](const Request& request, Sink&) {
    most = std::max(most.load(), ++running);
    if (request.command == "first") {
      first_runs.set_value();
      gate.wait();
    }
    --running;
    return 0;
  });
  MemorySink first_heard;
  auto first = std::async(std::launch::async,
                          [&] { return ask(folder.socket(), request_of("first"), first_heard); });
  first_runs.get_future().wait();

  // Read by hand, so that the test knows when each has been told.
  std::vector<Descriptor> others;
  for (int i = 0; i < 4; ++i) {
    auto socket = connect_to(folder.socket());
    ASSERT_TRUE(socket);
    send_bytes(*socket, to_line(request_of("other")));
    const auto told = line_of(*socket);
    EXPECT_NE(told.find("chờ lệnh trước xong"), std::string::npos) << told;
    others.push_back(std::move(*socket));
  }
  go_on.set_value();

  for (const auto& socket : others) EXPECT_EQ(read_to_end(socket), "{\"exit\":0}\n");
  EXPECT_EQ(first.get()->code, 0);
  EXPECT_EQ(most, 1);
}

TEST(ControlServer, TheCommandOfAClientThatLeftFinishes) {
  const Folder folder;
  std::promise<void> started;
  std::promise<void> go_on;
  std::promise<bool> finished;
  Server server(folder.socket(), [&](const Request&, Sink& sink) {
    started.set_value();
    go_on.get_future().wait();
    // Ends once the connection's thread has noticed; the words of the command go nowhere.
    while (sink.listening()) sink.out("còn ai không\n");
    finished.set_value(true);
    return 0;
  });
  {
    const auto socket = connect_to(folder.socket());
    ASSERT_TRUE(socket);
    send_bytes(*socket, to_line(request_of("x")));
    started.get_future().wait();
  }
  go_on.set_value();

  EXPECT_TRUE(finished.get_future().get());
}

TEST(ControlServer, WhoLeavesBeforeItsTurnIsForgotten) {
  const Folder folder;
  std::promise<void> started;
  std::promise<void> go_on;
  std::vector<std::string> ran;
  Server server(folder.socket(),
                [&](const Request& request, Sink&) {
                  ran.push_back(request.command);
                  if (request.command == "first") {
                    started.set_value();
                    go_on.get_future().wait();
                  }
                  return 0;
                },
                {.connections_max = 2});
  const auto first = connect_to(folder.socket());
  send_bytes(*first, to_line(request_of("first")));
  started.get_future().wait();
  {
    const auto second = connect_to(folder.socket());
    send_bytes(*second, to_line(request_of("second")));
    EXPECT_NE(line_of(*second).find("chờ lệnh trước"), std::string::npos);
  }
  // There is room for a third once the server has noticed that the second is gone.
  std::optional<Descriptor> third;
  std::string told;
  while (told.find("chờ lệnh trước") == std::string::npos) {
    third = connect_to(folder.socket());
    send_bytes(*third, to_line(request_of("third")));
    told = line_of(*third);
  }
  go_on.set_value();

  EXPECT_EQ(read_to_end(*third), "{\"exit\":0}\n");
  EXPECT_EQ(ran, (std::vector<std::string>{"first", "third"}));
}

TEST(ControlServer, ThrownSentenceReachesTheClient) {
  const Folder folder;
  Server server(folder.socket(),
                [](const Request&, Sink&) -> int { throw std::runtime_error("đĩa đầy"); });
  MemorySink heard;

  const auto answer = ask(folder.socket(), request_of("x"), heard);

  EXPECT_EQ(answer->code, 1);
  EXPECT_EQ(heard.err_text(), "đĩa đầy\n");
}

TEST(ControlServer, StopLetsTheRunningOneFinishAndTurnsTheWaitingAway) {
  const Folder folder;
  std::promise<void> started;
  std::promise<void> go_on;
  Server server(folder.socket(), [&](const Request&, Sink&) {
    started.set_value();
    go_on.get_future().wait();
    return 0;
  });
  const auto first = connect_to(folder.socket());
  send_bytes(*first, to_line(request_of("first")));
  started.get_future().wait();
  const auto second = connect_to(folder.socket());
  send_bytes(*second, to_line(request_of("second")));
  ASSERT_NE(line_of(*second), "");

  auto stopping = std::async(std::launch::async, [&] { server.stop(); });
  const auto turned_away = read_to_end(*second);
  go_on.set_value();
  stopping.get();

  EXPECT_NE(turned_away.find("lệnh chưa chạy"), std::string::npos) << turned_away;
  EXPECT_NE(turned_away.find("{\"exit\":1}"), std::string::npos) << turned_away;
  EXPECT_EQ(read_to_end(*first), "{\"exit\":0}\n");
  EXPECT_FALSE(std::filesystem::exists(folder.socket()));
  EXPECT_FALSE(connect_to(folder.socket()));
}

TEST(ControlSocket, TheFileIsTheOwnersAlone) {
  const Folder folder;
  const Server server(folder.socket(), [](const Request&, Sink&) { return 0; });

  struct stat found {};
  ASSERT_EQ(::stat(folder.socket().c_str(), &found), 0);
  EXPECT_TRUE(S_ISSOCK(found.st_mode));
  EXPECT_EQ(found.st_mode & 0777U, 0600U);
}

TEST(ControlSocket, AStaleFileIsReplaced) {
  const Folder folder;
  { const auto dead = listen_at(folder.socket(), 1); }
  ASSERT_TRUE(std::filesystem::exists(folder.socket()));
  ASSERT_FALSE(connect_to(folder.socket()));

  const Server server(folder.socket(), [](const Request&, Sink&) { return 7; });
  MemorySink heard;

  EXPECT_EQ(ask(folder.socket(), request_of("x"), heard)->code, 7);
}

TEST(ControlSocket, AFileThatIsNoSocketIsLeftAlone) {
  const Folder folder;
  std::ofstream(folder.socket()) << "mine";

  EXPECT_THROW(listen_at(folder.socket(), 1), std::runtime_error);

  EXPECT_EQ(std::filesystem::file_size(folder.socket()), 4U);
}

TEST(ControlSocket, APathTooLongForTheKernelSaysSo) {
  const Folder folder;
  const auto path = folder.path().string() + "/" + std::string(108, 'x');

  EXPECT_FALSE(connect_to(path));
  try {
    listen_at(path, 1);
    FAIL() << "bound " << path;
  } catch (const std::runtime_error& problem) {
    EXPECT_NE(std::string(problem.what()).find("too long"), std::string::npos) << problem.what();
  }
}

TEST(ControlSocket, OnlyTheOwnUserAndRootAreHeard) {
  EXPECT_TRUE(peer_allowed(1'000, 1'000));
  EXPECT_TRUE(peer_allowed(0, 1'000));
  EXPECT_FALSE(peer_allowed(1'001, 1'000));
  EXPECT_FALSE(peer_allowed(1'000, 0));
}

TEST(ControlSocket, TheKernelNamesThePeer) {
  const Folder folder;
  const auto listener = listen_at(folder.socket(), 1);
  const auto client = connect_to(folder.socket());
  ASSERT_TRUE(client);

  EXPECT_EQ(peer_of(*client), ::geteuid());
}

}  // namespace
}  // namespace app::control
