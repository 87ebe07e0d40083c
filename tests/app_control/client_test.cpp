#include "app/control/client.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

#include <future>
#include <thread>

#include "app/control/server.h"
#include "app/forward.h"
#include "control_world.h"

namespace app::control {
namespace {

// A daemon that answers with these bytes, whatever was asked, and closes.
std::optional<Answer> answer_from(const std::string& bytes, MemorySink& heard) {
  const Folder folder;
  const auto listener = listen_at(folder.socket(), 1);
  auto daemon = std::async(std::launch::async, [&] {
    pollfd look{listener.get(), POLLIN, 0};
    ::poll(&look, 1, -1);
    const Descriptor socket(::accept(listener.get(), nullptr, nullptr));
    std::string line;
    LineReader reader(socket, kRequestBytesMax);
    reader.next(line, std::nullopt);
    send_bytes(socket, bytes);
  });
  return ask(folder.socket(), request_of("x"), heard);
}

TEST(ControlClient, NobodyListensIsNoAnswer) {
  const Folder folder;
  MemorySink heard;

  EXPECT_FALSE(ask(folder.socket(), request_of("x"), heard));
  EXPECT_EQ(heard.out_text() + heard.err_text(), "");
}

TEST(ControlClient, ADaemonThatDiesIsNotTakenForSuccess) {
  MemorySink heard;

  const auto answer = answer_from(to_line(Out{"half"}), heard);

  EXPECT_EQ(answer->end, End::lost);
  EXPECT_EQ(heard.out_text(), "half");
}

TEST(ControlClient, GarbageFromTheDaemonIsNotTakenForSuccess) {
  MemorySink heard;

  EXPECT_EQ(answer_from("hello\n", heard)->end, End::unreadable);
  EXPECT_EQ(answer_from(std::string(kFrameBytesMax + 70'000, 'x'), heard)->end, End::unreadable);
  EXPECT_EQ(answer_from("{\"exit\":0", heard)->end, End::lost);
}

TEST(ControlClient, AnInterruptEndsTheWaitAndNotTheCommand) {
  const Folder folder;
  std::promise<void> started;
  std::promise<void> go_on;
  std::promise<void> finished;
  Server server(folder.socket(), [&](const Request&, Sink&) {
    started.set_value();
    go_on.get_future().wait();
    finished.set_value();
    return 0;
  });
  std::optional<Answer> answer;
  MemorySink heard;
  std::thread client([&] { answer = ask(folder.socket(), request_of("x"), heard); });
  started.get_future().wait();

  ::pthread_kill(client.native_handle(), SIGINT);
  client.join();

  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->end, End::interrupted);
  go_on.set_value();
  finished.get_future().wait();
}

TEST(Forward, FilesAreNamedFromTheRootAndSettingsStayHome) {
  const auto* command = command_named("import apply");
  ASSERT_NE(command, nullptr);

  const auto request = request_for(*command, {"examples/long-an"},
                                   {{"partial", ""}, {"config", "a.conf"}, {"json", ""}});

  EXPECT_EQ(request.command, "import apply");
  EXPECT_EQ(request.words.at(0), (std::filesystem::current_path() / "examples/long-an").string());
  EXPECT_EQ(request.options, (std::map<std::string, std::string>{{"partial", ""}}));
}

TEST(Forward, WordsThatAreNoFilesAreLeftAsTheyAre) {
  const auto request =
      request_for(*command_named("stock set"), {"LA-P-TLD", "3 tạ 2"}, {{"note", "kho/lạnh"}});

  EXPECT_EQ(request.words, (std::vector<std::string>{"LA-P-TLD", "3 tạ 2"}));
  EXPECT_EQ(request.options.at("note"), "kho/lạnh");
}

}  // namespace
}  // namespace app::control
