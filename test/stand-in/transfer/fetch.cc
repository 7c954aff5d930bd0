// SPDX-License-Identifier: MIT
//
// A transfer: requests for one piece after another, each answered by the bytes that lack, by a file
// that has changed, or by an error.

#include <algorithm>
#include <new>
#include <optional>

#include "generated/hresults.h"
#include "stand-in/transfer/client.h"
#include "stand-in/transfer/http_error.h"
#include "stand-in/transfer/judgement.h"
#include "stand-in/transfer/piece.h"
#include "stand-in/transfer/request.h"
#include "stand-in/transfer/temporary_file.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {
namespace {

// A file that changes more often while it is fetched cannot be had. No page says how often it is
// begun anew, and with which error it then fails.
constexpr int kMostBeginnings = 4;

// DOC: RFC 9110, 14.1.2.
std::wstring RangeOf(const Span& piece) {
  const auto last =
      piece.length == kToEnd ? std::wstring() : std::to_wstring(piece.offset + piece.length - 1);
  return L"bytes=" + std::to_wstring(piece.offset) + L"-" + last;
}

class Transfer {
 public:
  Transfer(const FileSource& source,
           Target& target,
           FileState& state,
           const Patience& patience,
           const HttpOptions& options)
      : source_(source),
        target_(target),
        state_(state),
        patience_(patience),
        events_(patience.events),
        client_(patience, options),
        spans_(WantedSpans(source)) {}

  Result Run();

 private:
  Result LearnSize();
  Result FetchPiece(Span piece);
  Question QuestionFor(const Span& piece) const;
  Result Begin(const Answer& answer);
  Result BeginNew();
  Result ReadBody(HttpRequest& request, std::uint64_t length);
  bool IsDone() const { return state_.done == state_.total; }
  void Forget();

  const FileSource& source_;
  Target& target_;
  FileState& state_;
  const Patience patience_;
  TransferEvents& events_;
  Client client_;
  const std::vector<Span> spans_;
  int beginnings_ = 0;
  bool trusts_size_ = false;
};

Result Transfer::Run() {
  const auto opened = target_.Open(state_.done);
  if (FAILED(opened)) return LocalFailure(opened);
  if (IsDone()) return {};
  if (patience_.stop.Requested()) return {Outcome::kStopped, S_OK, false};
  const auto connected = client_.Connect(source_.url);
  if (connected.outcome != Outcome::kDone) return connected;
  // What is known of a file of which nothing has come may be out of date.
  if (state_.done == 0) Forget();
  // A size that was believed is believed to the end.
  const auto known = source_.known_size;
  trusts_size_ = state_.done > 0 && known != kUnknownSize && known == state_.remote_size;
  while (!IsDone()) {
    const bool knows = state_.remote_size != kUnknownSize || !source_.asks_size;
    const auto piece = NextPiece(spans_, state_.done, state_.remote_size);
    if (knows && !piece) break;
    const auto step = knows ? FetchPiece(*piece) : LearnSize();
    if (step.outcome != Outcome::kDone) return step;
  }
  return {};
}

// DOC: MicrosoftDocs/msix-docs#445, akka/akka-http#4481: HEAD comes first and asks for the size;
// requests for ranges follow. A size that is remembered takes its place once: if the file then
// turns out to be another one, HEAD follows.
Result Transfer::LearnSize() {
  Answer answer;
  answer.size = beginnings_ == 0 ? source_.known_size : kUnknownSize;
  trusts_size_ = answer.size != kUnknownSize;
  if (!trusts_size_) {
    std::optional<HttpRequest> request;
    const auto asked = client_.Ask(L"HEAD", {}, request, answer);
    if (asked.outcome != Outcome::kDone) return asked;
    const auto [verdict, refused] = JudgeHead(answer);
    if (verdict == Verdict::kRefused) return refused;
    answer.size = answer.content_length;
  }
  if (source_.ranges.empty() && answer.size == 0) return Begin(answer);
  if (!FitInto(spans_, answer.size)) return Failed(dosvc::abi::DO_E_INVALID_RANGE);
  state_.remote_size = answer.size;
  state_.etag = answer.etag;
  state_.last_modified = answer.last_modified;
  return {};
}

Question Transfer::QuestionFor(const Span& piece) const {
  const bool whole = source_.ranges.empty();
  return {spans_, state_, piece, whole, source_.by_range || !whole, trusts_size_};
}

Result Transfer::FetchPiece(Span piece) {
  piece.length = std::min(piece.length, source_.longest_piece);
  const auto question = QuestionFor(piece);
  Headers headers;
  if (question.by_range || state_.done > 0) headers.emplace_back(L"Range", RangeOf(piece));
  std::optional<HttpRequest> request;
  Answer answer;
  const auto asked = client_.Ask(L"GET", headers, request, answer);
  if (asked.outcome != Outcome::kDone) return asked;
  if (trusts_size_) answer.size = state_.remote_size;
  const auto [verdict, refused] = Judge(answer, question);
  switch (verdict) {
    case Verdict::kRefused:
      return refused;
    case Verdict::kBeginNew:
      return BeginNew();
    case Verdict::kEmpty:
      return Begin(answer);
    case Verdict::kWhole:
      Forget();
      answer.size = answer.content_length;
      break;
    case Verdict::kGoOn:
      // To the end of a file whose size is not said: it ends there.
      if (answer.size == kUnknownSize && piece.length == kToEnd) answer.size = answer.last + 1;
      break;
  }
  const auto begun = Begin(answer);
  return begun.outcome == Outcome::kDone ? ReadBody(*request, answer.Length()) : begun;
}

Result Transfer::BeginNew() {
  Forget();
  return ++beginnings_ < kMostBeginnings ? Result{} : InvalidResponse();
}

// The state is told before the file changes: one that is kept never counts bytes of two versions.
Result Transfer::Begin(const Answer& answer) {
  if (state_.done == 0 || !answer.etag.empty()) state_.etag = answer.etag;
  if (state_.done == 0 || !answer.last_modified.empty()) {
    state_.last_modified = answer.last_modified;
  }
  if (answer.size != kUnknownSize) state_.remote_size = answer.size;
  state_.total = TotalOf(spans_, state_.remote_size);
  state_.final_url = client_.final_url();
  events_.Answered(state_, answer.headers);
  if (state_.done > 0) return {};
  const auto cleared = target_.Clear();
  return SUCCEEDED(cleared) ? Result{} : LocalFailure(cleared);
}

Result Transfer::ReadBody(HttpRequest& request, std::uint64_t length) {
  while (length > 0) {
    const unsigned char* bytes = nullptr;
    std::uint32_t size = 0;
    const auto read = request.Read(bytes, size);
    if (read.outcome != Outcome::kDone) return read;
    // The connection was cut.
    if (size == 0) return OfWinHttp(ERROR_WINHTTP_CONNECTION_ERROR, 0);
    if (size > length) size = static_cast<std::uint32_t>(length);
    length -= size;
    const auto written = target_.Append(bytes, size);
    if (FAILED(written)) return LocalFailure(written);
    state_.done += size;
    events_.Progressed(state_);
  }
  return {};
}

void Transfer::Forget() {
  state_.done = 0;
  state_.total = state_.remote_size = kUnknownSize;
  state_.etag.clear();
  state_.last_modified.clear();
}

}  // namespace

Result Fetch(const FileSource& source,
             Target& target,
             FileState& state,
             const Limits& limits,
             const HttpOptions& options,
             TransferEvents& events,
             const Stop& stop) {
  try {
    Transfer transfer(source, target, state, {limits.no_progress, events, stop}, options);
    return transfer.Run();
  } catch (const std::bad_alloc&) {
    return LocalFailure(E_OUTOFMEMORY);
  } catch (...) {
    return LocalFailure(E_UNEXPECTED);
  }
}

Result Fetch(const FileSource& source,
             FileState& state,
             const Limits& limits,
             const HttpOptions& options,
             TransferEvents& events,
             const Stop& stop) {
  TemporaryFile file(source.temporary_path);
  return Fetch(source, file, state, limits, options, events, stop);
}

}  // namespace dosvc_stand_in
