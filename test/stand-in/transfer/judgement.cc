// SPDX-License-Identifier: MIT

#include "stand-in/transfer/judgement.h"

#include "generated/hresults.h"
#include "stand-in/transfer/http_error.h"
#include "stand-in/transfer/piece.h"
#include "stand-in/transfer/version.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

constexpr DWORD kRangeNotSatisfiable = 416;  // no header of mingw-w64 has it

Judgement Refuse(Result result) { return {Verdict::kRefused, result}; }

// Where a body without a length ends, its end cannot be told from a cut, so it is never taken.
// DOC: MicrosoftDocs/msix-docs#445, #176 and microsoft/winget-pkgs#258740: without Content-Length,
// ERROR_WINHTTP_HEADER_NOT_FOUND. "HTTP Requirements for BITS Downloads" demands the header, too:
// learn.microsoft.com/windows/win32/bits/http-requirements-for-bits-downloads
Judgement JudgeWhole(const Answer& answer) {
  if (answer.content_length != kUnknownSize) return {Verdict::kWhole};
  return Refuse(OfWinHttp(ERROR_WINHTTP_HEADER_NOT_FOUND, 0));
}

Judgement JudgeUnsatisfiable(const Answer& answer, const Question& asked) {
  const auto& state = asked.state;
  // DOC: microsoft/WindowsAppSDK#1732: a file that is shorter than its remembered size.
  if (asked.trusts_size) return Refuse(Failed(DO_E_INSUFFICIENT_RANGE_SUPPORT));
  if (state.done > 0 || state.remote_size != kUnknownSize) {
    const bool same = state.remote_size != kUnknownSize && answer.size == state.remote_size;
    if (asked.whole || !same) return {Verdict::kBeginNew};
  }
  // A file with nothing in it has no range.
  if (asked.whole && asked.by_range && answer.size == 0) return {Verdict::kEmpty};
  // DOC: as in Judge: "One of the ranges is outside the boundaries of the remote file."
  return Refuse(asked.whole ? OfStatus(answer.status) : Failed(DO_E_INVALID_RANGE));
}

// Of a file that is begun, the part must be known to be of the same version.
bool IsOtherVersion(const Answer& answer, const FileState& state) {
  const auto version = CompareVersions(state, answer);
  return version == Version::kOther || (version == Version::kUnknown && state.done > 0);
}

Judgement JudgePart(const Answer& answer, const Question& asked) {
  const bool expected = asked.by_range || asked.state.done > 0;
  const bool placed = answer.first == asked.piece.offset && answer.last != kUnknownSize;
  // Several ranges in one body, or others than were asked for.
  // DOC: as in Judge: servers that consolidate ranges are not supported,
  // BG_E_INVALID_SERVER_RESPONSE. Delivery Optimization has no code of its own for it: WinHTTP's
  // says the same.
  if (!expected || !placed) return Refuse(InvalidResponse());
  if (IsOtherVersion(answer, asked.state)) return {Verdict::kBeginNew};
  if (!FitInto(asked.spans, answer.size)) return Refuse(Failed(DO_E_INVALID_RANGE));
  const auto length = answer.last - answer.first + 1;
  const bool to_end = asked.piece.length == kToEnd;
  if (to_end || length == asked.piece.length) return {Verdict::kGoOn};
  // DOC: microsoft/WindowsAppSDK#1732, as above.
  const bool less = length < asked.piece.length;
  if (less && asked.trusts_size) return Refuse(Failed(DO_E_INSUFFICIENT_RANGE_SUPPORT));
  // DOC: "Delivery Optimization Return Values": "a response with data size not equal to what was
  // requested".
  return Refuse(Failed(DO_E_HTTP_BLOCKSIZE_MISMATCH));
}

}  // namespace

Judgement Judge(const Answer& answer, const Question& asked) {
  switch (answer.status) {
    case HTTP_STATUS_OK:
      // Also in answer to a Range, by a server that sends nothing but all of it. No request of the
      // service that somebody published has an If-Range, which would bring a file that has changed.
      if (!asked.by_range) return JudgeWhole(answer);
      // DOC: microsoft/winget-pkgs#415396. No page says that it takes precedence over the lack of
      // ranges, nor when DO_E_FILE_SIZE_UNKNOWN_HTTP_206 comes.
      if (answer.content_length == kUnknownSize) {
        return Refuse(Failed(DO_E_FILE_SIZE_UNKNOWN_HTTP_200));
      }
      // DOC: IBackgroundCopyJob3::AddFileWithRanges, Remarks; "Delivery Optimization Return
      // Values", which has the code:
      // learn.microsoft.com/windows/win32/delivery_optimization/do-return-values
      return Refuse(Failed(DO_E_INSUFFICIENT_RANGE_SUPPORT));
    case HTTP_STATUS_PARTIAL_CONTENT:
      return JudgePart(answer, asked);
    case kRangeNotSatisfiable:
      return JudgeUnsatisfiable(answer, asked);
    default:
      return Refuse(OfStatus(answer.status));
  }
}

Judgement JudgeHead(const Answer& answer) {
  return answer.status == HTTP_STATUS_OK ? JudgeWhole(answer) : Refuse(OfStatus(answer.status));
}

Result InvalidResponse() {
  return Failed(
      static_cast<std::uint32_t>(HRESULT_FROM_WIN32(ERROR_WINHTTP_INVALID_SERVER_RESPONSE)));
}

}  // namespace dosvc_stand_in
