package dev.plinth.stacks;

import dev.plinth.contract.Service;
import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import java.util.List;
import software.constructs.Construct;

/** What services send to each other, and to people. */
final class MessagingStack extends StageStack {
    private final WorkQueue identityEvents;
    private final WorkQueue todosEvents;
    private final WorkQueue studioEvents;
    private final WorkQueue generations;
    private final WorkQueue deployments;
    private final WorkQueue webhooks;
    private final NotificationsTopic notifications;
    private final MailSender mail;

    MessagingStack(Construct scope, Stage stage, SettingValues settings) {
        super(scope, StackId.MESSAGING, "Plinth: queues, topic and mail", stage, settings);
        this.identityEvents =
                new WorkQueue(this, "IdentityEvents", WorkQueue.Props.events(Service.IDENTITY_WORKER, stage));
        this.todosEvents = new WorkQueue(this, "TodosEvents", WorkQueue.Props.events(Service.TODOS_WORKER, stage));
        this.studioEvents = new WorkQueue(this, "StudioEvents", WorkQueue.Props.events(Service.STUDIO_WORKER, stage));
        this.generations = new WorkQueue(this, "Generations", WorkQueue.Props.jobs(Service.GENERATION_WORKER, stage));
        this.deployments = new WorkQueue(this, "Deployments", WorkQueue.Props.jobs(Service.DEPLOYMENT_WORKER, stage));
        this.webhooks = new WorkQueue(this, "Webhooks", WorkQueue.Props.events(Service.WEBHOOK_WORKER, stage));
        this.notifications = new NotificationsTopic(this, "Notifications");
        notifications.feed(webhooks);
        this.mail = new MailSender(this, "Mail", stage.mail().sender());
        publish(identityEvents, Setting.IDENTITY_EVENTS_QUEUE_URL, Setting.IDENTITY_EVENTS_DEAD_LETTERS_URL);
        publish(todosEvents, Setting.TODOS_EVENTS_QUEUE_URL, Setting.TODOS_EVENTS_DEAD_LETTERS_URL);
        publish(studioEvents, Setting.STUDIO_EVENTS_QUEUE_URL, Setting.STUDIO_EVENTS_DEAD_LETTERS_URL);
        publish(generations, Setting.GENERATION_QUEUE_URL, Setting.GENERATION_DEAD_LETTERS_URL);
        publish(deployments, Setting.DEPLOYMENT_QUEUE_URL, Setting.DEPLOYMENT_DEAD_LETTERS_URL);
        publish(webhooks, Setting.WEBHOOK_QUEUE_URL, Setting.WEBHOOK_DEAD_LETTERS_URL);
        publish(Setting.NOTIFICATIONS_TOPIC_ARN, notifications.arn());
        publish(Setting.MAIL_SENDER, mail.address());
    }

    private void publish(WorkQueue queue, Setting url, Setting deadLettersUrl) {
        publish(url, queue.url());
        publish(deadLettersUrl, queue.deadLettersUrl());
    }

    WorkQueue identityEvents() {
        return identityEvents;
    }

    WorkQueue todosEvents() {
        return todosEvents;
    }

    WorkQueue studioEvents() {
        return studioEvents;
    }

    WorkQueue generations() {
        return generations;
    }

    WorkQueue deployments() {
        return deployments;
    }

    WorkQueue webhooks() {
        return webhooks;
    }

    List<WorkQueue> queues() {
        return List.of(identityEvents, todosEvents, studioEvents, generations, deployments, webhooks);
    }

    NotificationsTopic notifications() {
        return notifications;
    }

    MailSender mail() {
        return mail;
    }
}
