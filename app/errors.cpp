#include "app/errors.h"

#include "storage/error.h"

namespace app {
namespace {

std::string plain_vi(base::ErrorCode code) {
  using base::ErrorCode;
  switch (code) {
    case ErrorCode::invalid:
      return "yêu cầu hoặc cấu hình sai";
    case ErrorCode::protocol:
      return "sàn trả lời không đọc được";
    case ErrorCode::rejected:
      return "sàn từ chối";
    case ErrorCode::not_found:
      return "không tìm thấy";
    case ErrorCode::conflict:
      return "đã có hoặc vừa đổi";
    case ErrorCode::unauthorized:
      return "cần đăng nhập lại gian hàng";
    case ErrorCode::rate_limited:
      return "sàn bảo chờ";
    case ErrorCode::unavailable:
      return "không kết nối được";
    case ErrorCode::unknown_outcome:
      return "chưa biết sàn đã nhận hay chưa, sẽ kiểm tra lại";
  }
  return "lỗi";
}

}  // namespace

int exit_for(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::unauthorized:
      return exit_sign_in;
    case base::ErrorCode::unavailable:
    case base::ErrorCode::rate_limited:
      return exit_unreachable;
    case base::ErrorCode::conflict:
      return exit_locked;
    default:
      return exit_failed;
  }
}

void say_error(Output& out, const base::Error& error) {
  const auto code = std::string(base::to_string(error.code));
  out.problem(plain_vi(error.code) + ": " + error.message, code + ": " + error.message);
}

int run_guarded(Invocation& invocation, const Command& command,
                const std::function<std::optional<int>()>& elsewhere) {
  try {
    return command.run(invocation);
  } catch (const storage::LockedError& locked) {
    if (elsewhere) {
      if (const auto code = elsewhere()) return *code;
    }
    invocation.out.problem(
        std::string("một nongsan khác đang giữ cơ sở dữ liệu; hãy dừng nó trước (") +
            locked.what() + ")",
        std::string("another nongsan holds the database; stop it first (") + locked.what() + ")");
    return exit_locked;
  } catch (const std::exception& problem) {
    invocation.out.problem(problem.what(), problem.what());
    return exit_failed;
  }
}

}  // namespace app
