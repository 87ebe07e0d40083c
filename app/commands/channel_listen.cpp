// `channel connect --listen PORT`: the browser brings the code, nobody copies it. This process only
// listens; the pages are asked for and the code is spent in steps of their own, in the daemon where
// one runs, so that neither the database nor the daemon waits for a person.
#include "app/commands/channel_steps.h"
#include "app/commands/support.h"
#include "app/consent_listener.h"
#include "app/errors.h"
#include "app/forward.h"

namespace app {
namespace {

constexpr int kWaitDefault_s = 300;
constexpr int kWaitMax_s = 3'600;
constexpr int kPortMax = 65'535;

// The pages are for the person who opens them, not for the program that reads the result.
class ToStderr final : public Sink {
 public:
  void out(std::string_view text) override { standard_sink().err(text); }
  void err(std::string_view text) override { standard_sink().err(text); }
  bool listening() const override { return standard_sink().listening(); }
};

int step(Invocation& in, std::map<std::string, std::string> options, Output& out, Sink& sink) {
  const auto* command = command_named("channel connect");
  const auto request = request_for(*command, in.words, options);
  Invocation one{in.words, std::move(options), in.settings, out};
  return run_guarded(one, *command,
                     [&] { return forward(socket_path(in.settings), request, out, sink); });
}

std::optional<int> number(const std::string& text, int most) {
  if (text.empty() || text.size() > 5 ||
      text.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  const int value = std::stoi(text);
  return value > most ? std::nullopt : std::optional{value};
}

}  // namespace

int connect_listening(Invocation& in) {
  const auto port = number(in.option("listen"), kPortMax);
  const auto wait_s = number(in.option("wait", std::to_string(kWaitDefault_s)), kWaitMax_s);
  if (!port || !wait_s) {
    in.out.problem("--listen là số cổng (0: cổng trống bất kỳ), --wait là số giây, nhiều nhất 3600",
                   "--listen is a port (0: any free one), --wait is seconds, at most 3600");
    return exit_usage;
  }
  ConsentListener listener(static_cast<std::uint16_t>(*port));
  ToStderr stderr_only;
  Output pages_out(in.out.lang(), false,
                   in.out.json() ? static_cast<Sink&>(stderr_only) : standard_sink());
  const int shown = step(in, {{"redirect", listener.redirect()}}, pages_out,
                         in.out.json() ? static_cast<Sink&>(stderr_only) : standard_sink());
  if (shown != exit_ok) return shown;
  const auto seconds = std::to_string(*wait_s);
  in.out.say(
      "đang chờ trình duyệt quay lại máy này, nhiều nhất " + seconds + " giây",
      "waiting for the browser to come back to this machine, at most " + seconds + " seconds");
  const auto query = listener.wait(std::chrono::seconds{*wait_s});
  if (!query) {
    in.out.problem("hết giờ chờ, chưa ai đồng ý; hãy chạy lại, hoặc dán địa chỉ với --answer",
                   "nobody agreed in time; run it again, or paste the address with --answer");
    return exit_sign_in;
  }
  return step(in, {{"answer", "?" + *query}}, in.out, standard_sink());
}

}  // namespace app
