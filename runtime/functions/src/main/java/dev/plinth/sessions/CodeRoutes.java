package dev.plinth.sessions;

import dev.plinth.functions.caller.Client;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The routes of mailed codes, with all that the API's description says of them. */
@Tag(name = "Codes")
interface CodeRoutes {
    String ASKED = "The request is noted. If the address is that of a user who can use a code, one is on its way;"
            + " otherwise the answer is the same.";

    @Post("/verification-codes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "requestVerificationCode",
            summary = "Ask for another code to verify an e-mail address",
            description = "A code is good for 15 minutes and for five attempts, and takes the place of an earlier one.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = EmailRequest.class)))
    @ApiResponse(responseCode = "202", description = ASKED)
    @SessionAnswers.Usual
    @SessionAnswers.UnfitBody
    @SessionAnswers.TooMany
    HttpResponse<Void> requestVerification(
            @Parameter(hidden = true) Client client, @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post("/verifications")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "verifyAddress",
            summary = "Verify an e-mail address by the code that was mailed to it",
            description = "A code that is wrong, expired or used up, and an address that nobody has, get one answer.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = VerificationRequest.class)))
    @ApiResponse(responseCode = "204", description = "The address is verified; its user can sign in")
    @SessionAnswers.Usual
    @SessionAnswers.UnfitBody
    @SessionAnswers.TooMany
    HttpResponse<Void> verify(
            @Parameter(hidden = true) Client client, @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post("/password-reset-codes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "requestPasswordResetCode",
            summary = "Ask for a code to choose a new password",
            description = "A code is good for 15 minutes and for five attempts, and takes the place of an earlier one.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = EmailRequest.class)))
    @ApiResponse(responseCode = "202", description = ASKED)
    @SessionAnswers.Usual
    @SessionAnswers.UnfitBody
    @SessionAnswers.TooMany
    HttpResponse<Void> requestPasswordReset(
            @Parameter(hidden = true) Client client, @Parameter(hidden = true) HttpRequest<byte[]> request);

    @Post("/password-resets")
    @Consumes(MediaType.APPLICATION_JSON)
    @Status(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "resetPassword",
            summary = "Choose a new password by a code that was mailed",
            description = "All sessions of the user end. The code proves that the address is theirs, so it is verified"
                    + " too. A code with which a password was refused is good for another attempt.")
    @RequestBody(
            required = true,
            content = @Content(
                    mediaType = MediaType.APPLICATION_JSON,
                    schema = @Schema(implementation = PasswordResetRequest.class)))
    @ApiResponse(responseCode = "204", description = "The password is the new one")
    @SessionAnswers.Usual
    @SessionAnswers.UnfitBody
    @SessionAnswers.TooMany
    HttpResponse<Void> resetPassword(
            @Parameter(hidden = true) Client client, @Parameter(hidden = true) HttpRequest<byte[]> request);
}
