package dev.plinth.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The function of a custom resource, which answers what its property {@code Say} holds in base64, or of a rotation,
 * whose steps it takes at the endpoint that the variable {@code DOOR} names. It has no library, so it reads events by
 * pattern.
 */
public final class DeploymentHandler implements RequestStreamHandler {
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.contains("\"Step\":")) {
            rotate(event);
        } else {
            answer(event);
        }
    }

    private static void answer(String event) throws IOException {
        String order = new String(Base64.getDecoder().decode(value(event, "Say")), StandardCharsets.UTF_8);
        if (order.equals("throw")) {
            throw new IllegalStateException("no schema");
        }
        if (order.equals("nothing")) {
            return;
        }
        if (order.equals("exit")) {
            System.exit(3);
        }
        if (order.equals("hang")) {
            new Semaphore(0).acquireUninterruptibly();
        }
        String said = order.replace("EVENT", Base64.getEncoder()
                .encodeToString(event.getBytes(StandardCharsets.UTF_8)));
        String body = "{\"StackId\":\"" + value(event, "StackId") + "\",\"RequestId\":\"" + value(event, "RequestId")
                + "\",\"LogicalResourceId\":\"" + value(event, "LogicalResourceId") + "\"," + said + "}";
        String url = value(event, "ResponseURL");
        int status = send("PUT", url, body, null).getResponseCode();
        if (status != 200) {
            throw new IllegalStateException("The answer was answered with " + status);
        }
    }

    private static void rotate(String event) throws IOException {
        String token = value(event, "ClientRequestToken");
        String id = "\"SecretId\":\"" + value(event, "SecretId") + "\"";
        switch (value(event, "Step")) {
            case "createSecret" -> call("PutSecretValue", "{" + id + ",\"ClientRequestToken\":\"" + token
                    + "\",\"SecretString\":\"made by the function\",\"VersionStages\":[\"AWSPENDING\"]}");
            case "finishSecret" -> call("UpdateSecretVersionStage", "{" + id + ",\"VersionStage\":\"AWSCURRENT\",\"MoveToVersionId\":\""
                    + token + "\",\"RemoveFromVersionId\":\"" + value(call("GetSecretValue", "{" + id + "}"), "VersionId") + "\"}");
            default -> { }
        }
    }

    private static String call(String operation, String body) throws IOException {
        HttpURLConnection connection = send("POST", System.getenv("DOOR"), body, "secretsmanager." + operation);
        if (connection.getResponseCode() != 200) {
            throw new IllegalStateException(operation + " was answered with " + connection.getResponseCode());
        }
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static HttpURLConnection send(String method, String url, String body, String target) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
        connection.setRequestMethod(method);
        connection.setDoOutput(true);
        if (target != null) {
            connection.setRequestProperty("x-amz-target", target);
            connection.setRequestProperty("Authorization",
                    "AWS4-HMAC-SHA256 Credential=PLINTHOPERATOR/20260101/r/secretsmanager/aws4_request");
        }
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return connection;
    }

    private static String value(String event, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(event);
        if (!matcher.find()) {
            throw new IllegalArgumentException("The event has no " + name);
        }
        return matcher.group(1);
    }
}
